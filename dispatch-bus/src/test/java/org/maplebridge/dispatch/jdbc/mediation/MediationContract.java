package org.maplebridge.dispatch.jdbc.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Invitation;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.SeatToken;
import org.maplebridge.dispatch.mediation.Writing;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore.Document;
import org.maplebridge.dispatch.store.mediation.MediationStore.Exchange;

/// What every record of mediations promises.
abstract class MediationContract {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final String NAME = "10,10 60,40 90,80 120,30 160,90 200,50 240,90 300,20";
    private static final PersonId MEDIATOR = new PersonId("p1");
    private static final PersonId ANN = new PersonId("p2");
    private static final NodeId TOWN = new NodeId("zeguo");
    private static final UserId BY = new UserId("mediator");

    abstract RecordStores store();

    private final MediationId id = new MediationId("m-" + UUID.randomUUID());

    @Test
    void whatWasSaidWrittenAndSignedIsThereAgain() throws Exception {
        var opened = opened();
        var identity = new Person.Identity("sealed", "张* 3310**", "form-only", NOON);
        var next = allowed(CaseRules.identify(opened, ANN, identity));
        next =
                allowed(
                        CaseRules.consent(
                                next,
                                ANN,
                                Consent.Subject.CONFIDENTIALITY,
                                CaseRules.TEXTS,
                                true,
                                NOON));
        next = saved(opened, next);
        var written =
                allowed(CaseRules.write(next, MEDIATOR, Writing.Kind.AGREEMENT, 0, "和解", NOON));
        written = saved(next, written);
        var read = allowed(CaseRules.readBack(written, MEDIATOR, Writing.Kind.AGREEMENT, 1, NOON));
        var hash = read.writing(Writing.Kind.AGREEMENT).orElseThrow().hash();
        var signed = allowed(CaseRules.sign(read, ANN, Writing.Kind.AGREEMENT, hash, NAME, NOON));
        signed = saved(written, signed);

        var found = store().mediations().find(id).orElseThrow();
        assertThat(found).isEqualTo(signed);
        assertThat(found.version()).isEqualTo(3);
        assertThat(found.person(ANN).orElseThrow().identity()).isEqualTo(identity);
        assertThat(found.signaturesOf(Writing.Kind.AGREEMENT)).hasSize(1);
        assertThat(store().mediations().list(1_000))
                .filteredOn(one -> one.id().equals(id))
                .singleElement()
                .satisfies(one -> assertThat(one.people()).hasSize(2));
        assertThat(store().mediations().open(found, happening())).as("it is there").isFalse();
    }

    @Test
    void ofTwoWhoChangeItAtOnceOneIsTold() throws Exception {
        var opened = opened();
        var next = allowed(CaseRules.write(opened, MEDIATOR, Writing.Kind.MINUTES, 0, "一", NOON));
        assertThat(store().mediations().save(opened, next, happening())).isPresent();
        assertThat(store().mediations().save(opened, next, happening())).isEmpty();
    }

    @Test
    void anEndIsKeptWithItsDocument() throws Exception {
        var opened = opened();
        var next =
                allowed(
                        CaseRules.end(
                                opened, MEDIATOR, Mediation.Outcome.CANCELLED, id.value(), NOON));
        var file = "文书".getBytes(StandardCharsets.UTF_8);
        var document = new Document(id.value(), id, file, CaseRules.sha256(file), NOON);
        assertThat(store().mediations().end(opened, next, document, happening())).isPresent();
        assertThat(store().mediations().end(opened, next, document, happening())).isEmpty();
        var found = store().mediations().document(id.value()).orElseThrow();
        assertThat(found.file()).isEqualTo(file);
        assertThat(found.hash()).isEqualTo(document.hash());
        assertThat(store().mediations().find(id).orElseThrow().end()).isEqualTo(next.end());
        assertThat(store().mediations().document("nothing")).isEmpty();
    }

    @Test
    void anInvitationThatIsLookedAtIsNotUsedUp() throws Exception {
        opened();
        invite("h0", NOON.plusSeconds(60));
        for (int i = 0; i < 2; i++) {
            var found = store().mediations().invitation(h("h0")).orElseThrow();
            assertThat(found.fault(NOON)).isNull();
            assertThat(found.mediation()).isEqualTo(id);
        }
        assertThat(store().mediations().invitation(h("nothing"))).isEmpty();
        assertThat(store().mediations().exchange(h("h0"), token("t"), NOON))
                .isInstanceOf(Exchange.Opened.class);
        var used = store().mediations().invitation(h("h0")).orElseThrow();
        assertThat(used.fault(NOON)).isEqualTo(Invitation.Fault.USED);
    }

    @Test
    void anInvitationOpensOnceHoweverManyShowItAtOnce() throws Exception {
        opened();
        invite("h1", NOON.plusSeconds(60));
        var outcomes = new ArrayList<Exchange>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var calls = new ArrayList<Callable<Exchange>>();
            for (int i = 0; i < 100; i++) {
                var token = token("t" + i);
                calls.add(() -> store().mediations().exchange(h("h1"), token, NOON));
            }
            for (var future : threads.invokeAll(calls)) {
                outcomes.add(future.get());
            }
        }
        assertThat(outcomes).filteredOn(Exchange.Opened.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(one -> !(one instanceof Exchange.Opened))
                .hasSize(99)
                .containsOnly(new Exchange.Shut(Invitation.Fault.USED));
        int good = 0;
        for (int i = 0; i < 100; i++) {
            good += store().mediations().seat(h("t" + i), NOON).isPresent() ? 1 : 0;
        }
        assertThat(good).isEqualTo(1);
    }

    @Test
    void anInvitationThatIsLateReplacedOrGuessedOpensNothing() throws Exception {
        opened();
        invite("h2", NOON.plusSeconds(60));
        assertThat(store().mediations().exchange(h("h2"), token("x"), NOON.plusSeconds(60)))
                .isEqualTo(new Exchange.Shut(Invitation.Fault.EXPIRED));
        invite("h3", NOON.plusSeconds(600));
        assertThat(store().mediations().exchange(h("h2"), token("x"), NOON))
                .isEqualTo(new Exchange.Shut(Invitation.Fault.REVOKED));
        assertThat(store().mediations().exchange(h("h9"), token("x"), NOON))
                .isEqualTo(new Exchange.Unknown());
        assertThat(store().mediations().exchange(h("h3"), token("y"), NOON))
                .isInstanceOf(Exchange.Opened.class);
        assertThat(store().mediations().seat(h("x"), NOON)).isEmpty();
        assertThat(store().mediations().seat(h("y"), NOON).orElseThrow().person()).isEqualTo(ANN);
        assertThat(store().mediations().seat(h("y"), NOON.plusSeconds(3_600))).isEmpty();
        store().mediations().seat(token("z"));
        assertThat(store().mediations().seat(h("y"), NOON))
                .as("another device took over")
                .isEmpty();
        assertThat(store().mediations().seat(h("z"), NOON)).isPresent();
    }

    @Test
    void aConsultationIsThereOnceAndInNoListOfMediations() throws Exception {
        var preset = "iron-" + UUID.randomUUID();
        var about = Optional.of(new IncidentId("i-1"));
        assertThat(store().mediations().latest(preset, TOWN, about)).isEmpty();
        var called = called(preset, new IncidentId("i-1"));
        assertThat(store().mediations().open(called, happening())).isTrue();
        assertThat(store().mediations().open(called, happening())).as("a second press").isFalse();

        var found = store().mediations().latest(preset, TOWN, about).orElseThrow();
        assertThat(found.isConsultation()).isTrue();
        assertThat(found.people()).isEqualTo(called.people());
        assertThat(store().mediations().latest(preset, TOWN, Optional.empty())).isEmpty();
        assertThat(store().mediations().latest(preset, new NodeId("xinhe"), about)).isEmpty();
        assertThat(store().mediations().list(100)).extracting(Mediation::id).doesNotContain(id);
        assertThat(running()).contains(id);

        var whole = store().mediations().find(id).orElseThrow();
        var over = saved(whole, allowed(CaseRules.endConsultation(whole, "C", NOON)));
        assertThat(over.end()).isEqualTo(new Mediation.End(NOON, Mediation.Outcome.HELD, "C"));
        assertThat(running()).doesNotContain(id);
        assertThat(store().mediations().latest(preset, TOWN, about).orElseThrow().isOver())
                .isTrue();
    }

    @Test
    void aConsultationAboutNothingIsFoundByThat() throws Exception {
        var preset = "iron-" + UUID.randomUUID();
        assertThat(store().mediations().open(called(preset, null), happening())).isTrue();
        assertThat(store().mediations().latest(preset, TOWN, Optional.empty())).isPresent();
    }

    @Test
    void thatItIsTimeIsToldOnceADay() throws Exception {
        var preset = "weekly-" + UUID.randomUUID();
        var day = LocalDate.of(2026, 11, 30);
        assertThat(store().mediations().announce(preset, TOWN, day, NOON)).isTrue();
        assertThat(store().mediations().announce(preset, TOWN, day, NOON)).isFalse();
        assertThat(store().mediations().announce(preset, TOWN, day.plusDays(7), NOON)).isTrue();
        assertThat(store().mediations().announce(preset, new NodeId("daxi"), day, NOON)).isTrue();
    }

    private List<MediationId> running() throws RecordUnavailable {
        return store().mediations().consultations(100).stream().map(Mediation::id).toList();
    }

    private Mediation called(String preset, @Nullable IncidentId about) {
        var bare = Mediation.called(id, about, preset, TOWN, "铁三角会商", BY, NOON);
        return allowed(CaseRules.add(bare, Person.Role.MEMBER, "副书记", null, BY, null));
    }

    private void invite(String name, Instant until) throws RecordUnavailable {
        store().mediations()
                .invite(new Invitation(h(name), id, ANN, BY, NOON, until, null, null), happening());
    }

    private SeatToken token(String name) {
        return new SeatToken(h(name), id, ANN, NOON.plusSeconds(3_600));
    }

    private String h(String name) {
        return CaseRules.sha256((name + id).getBytes(StandardCharsets.UTF_8));
    }

    private Mediation opened() throws RecordUnavailable {
        var mediation =
                new Mediation(
                        id,
                        new IncidentId("i-1"),
                        new NodeId("zeguo"),
                        "相邻纠纷",
                        "采光",
                        BY,
                        NOON,
                        NOON.plusSeconds(60));
        mediation = allowed(CaseRules.add(mediation, Person.Role.MEDIATOR, "调解员", null, BY, null));
        mediation = allowed(CaseRules.add(mediation, Person.Role.PARTY, "张某", null, null, "s"));
        assertThat(store().mediations().open(mediation, happening())).isTrue();
        return store().mediations().find(id).orElseThrow();
    }

    private Mediation saved(Mediation before, Mediation next) throws RecordUnavailable {
        return store().mediations().save(before, next, happening()).orElseThrow();
    }

    private static Happening happening() {
        return new Happening(
                NOON,
                JournalKind.MEDIATION_CHANGED,
                BY,
                null,
                List.of(Subject.of(new NodeId("zeguo"))),
                Map.of());
    }

    private static <T> T allowed(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<T>(T next) -> next;
            case Ruling.Barred<T>(var why) -> throw new AssertionError(why);
        };
    }
}
