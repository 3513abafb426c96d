package org.maplebridge.signaling.command.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Actor;
import org.maplebridge.dispatch.incident.Decision;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Offers;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.OrganisationStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.codec.LoopFiles;
import org.maplebridge.signaling.http.mediation.MediationSight;
import org.maplebridge.signaling.replay.Cast;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// docs/rights.md: every action on an incident for every seat of the demo county, found by trying.
/// `-Dgolden.update` writes it anew.
class RightsTableTest {
    private static final Path PAGE = Path.of("..", "docs", "rights.md");
    private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
    private static final NodeId XINHE = new NodeId("xinhe");
    private static final NodeId POLICE = new NodeId("xinhe-police");
    private static final Organisation COUNTY = DemoCounty.organisation();
    private static final LoopWorkflow WORKFLOW = new LoopWorkflow(LoopFiles.read());
    private static final Actor ANYBODY =
            new Actor(new UserId("anybody"), null, XINHE, true, true, _ -> true, true);

    private static final Action CALLED = new Action.CallBack(Contact.How.CALL, "满意", null);
    private static final Action ADVANCE = new Action.Advance("好");

    private static final Roster ROSTER = roster();

    private final IncidentSight sight = new IncidentSight(ROSTER);

    @Test
    void thePageInTheDocumentsSaysWhatTheRulesDo() throws IOException {
        String page = page();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void noSeatOfAnotherPlaceSeesOrDoesAnything() {
        for (User user : COUNTY.users()) {
            var person = person(user);
            boolean near =
                    user.node().value().startsWith("xinhe") || user.node().value().equals("city");
            for (Dossier dossier : alone().values()) {
                if (!near) {
                    assertThat(sight.sees(person, dossier)).as(user.id().value()).isFalse();
                    assertThat(offers(dossier, person).may()).isEmpty();
                    assertThat(offers(dossier, person).gates()).isEmpty();
                }
            }
        }
    }

    private static Map<Character, Dossier> alone() {
        Map<Character, Dossier> places = new LinkedHashMap<>();
        var received = received(Severity.YELLOW);
        places.put('r', received);
        places.put('t', done(received, ADVANCE));
        var handling = done(places.get('t'), ADVANCE);
        places.put('h', handling);
        rest(places, handling);
        places.put('m', done(received, new Action.Merge(new IncidentId("whole"))));
        return places;
    }

    private static Map<Character, Dossier> shared() {
        Map<Character, Dossier> places = new LinkedHashMap<>();
        var share = new Action.Dispatch(POLICE, Room.Role.JOINT, "一事双派", false, false);
        var offered = done(alone().get('h'), share);
        places.put('o', offered);
        var officer =
                new Actor(new UserId("officer"), null, POLICE, true, false, POLICE::equals, false);
        var accepted = done(offered, new Action.Accept(), officer);
        places.put('h', accepted);
        rest(places, done(accepted, ADVANCE, officer));
        return places;
    }

    /// Everything is there that a gate could ask for.
    private static void rest(Map<Character, Dossier> places, Dossier handling) {
        places.put('f', done(handling, ADVANCE));
        places.put('v', done(places.get('f'), ADVANCE));
        places.put('s', done(done(places.get('v'), ADVANCE), CALLED));
        places.put('c', done(places.get('s'), new Action.Close("已办结")));
    }

    private String page() {
        var page =
                new StringBuilder(
                        """
                        # Who may do what with an incident

                        Every account of the [demo county](demo.md) and every action, printed from the rules by a
                        test; a difference fails the build. The incident is one of Xinhe's, yellow, on the usual loop of
                        seven steps, with everything there that a gate could ask for.

                        Letters are the steps at which the action is done: `r` received, `t` transferred, `h` handling,
                        `f` feedback, `v` review, `s` supervised (and called back), `c` closed, `m` merged into another
                        one. `·` is never; an empty row sees nothing of it by any path: list, page, time line, news,
                        actions. Who is ordered for it, or is in its talk group, is told its id and no more.
                        `settle` needs a joint session and `excuse` somebody who is awaited, so they are never done here;
                        whoever may `confer` may settle, and whoever may `expect` may excuse. An agency that was called in
                        stands where the police room stands in the second table.

                        ## Given to the town alone

                        """);
        table(page, alone());
        page.append(
                """

                ## Given to the police room as well

                `o` is handling before the police room has answered, `h` after it has accepted, and from `f` on its
                share is done. What the police room has done itself at `h` ends its share, not the step.

                """);
        table(page, shared());
        page.append(
                """

                ## Who closes

                By severity, at the last step; nobody closes what they reported.

                | account | yellow | orange | red |
                |---|---|---|---|
                """);
        for (User user : COUNTY.users()) {
            var row = new StringBuilder();
            boolean any = false;
            for (Severity severity : Severity.values()) {
                boolean closes =
                        offers(supervised(severity), person(user))
                                .may()
                                .contains(Action.Kind.CLOSE);
                any |= closes;
                row.append(closes ? " ✓ |" : " · |");
            }
            if (any) {
                page.append("| `").append(user.id().value()).append("` |").append(row).append('\n');
            }
        }
        replays(page);
        return page.toString();
    }

    /// Accounts that may do none of it have no row.
    private void replays(StringBuilder page) {
        page.append(
                """

                ## Who goes through it again

                Of an incident of Xinhe's: `replay` opens it (people, steps, voices and pictures as far as each is
                seen anyhow), `pictures` also what a patrol car of Xinhe's recorded, `tracks` also where units went,
                `marks` writes findings and exports the sealed package, `hold` keeps it from being forgotten. An agency
                that was called in sees what it was shown, and the minute before. `mediation` goes through a mediation
                of Xinhe's when it is over, with what was recorded of it; who sees its incident sees nothing of it.
                Each opening and each piece played stands in the audit.

                | account | replay | pictures | tracks | marks | hold | mediation |
                |---|---|---|---|---|---|---|
                """);
        var closed = Objects.requireNonNull(alone().get('c'));
        for (User user : COUNTY.users()) {
            var person = person(user);
            boolean replays = sight.sees(person, closed) && IncidentSight.reads(person);
            boolean pictures = replays && seesCar(user);
            boolean mediation = MediationSight.sees(ROSTER, person, mediation());
            if (replays || mediation) {
                page.append("| `").append(user.id().value()).append("` |");
                page.append(cell(replays))
                        .append(cell(pictures))
                        .append(cell(replays && Cast.followsUnits(person)))
                        .append(cell(replays && Cast.examines(person)))
                        .append(cell(replays && person.may(Permission.SUPERVISE)))
                        .append(cell(mediation))
                        .append('\n');
            }
        }
    }

    private boolean seesCar(User user) {
        var car = COUNTY.unit(new UnitId("car1")).orElseThrow();
        return ROSTER.visibility().seesUnit(user, car, Aspect.LIVE);
    }

    private static Mediation mediation() {
        var of = new UserId("xinhe-mediator");
        return new Mediation(new MediationId("m"), null, XINHE, "t", "m", of, NOON, null);
    }

    private static String cell(boolean may) {
        return may ? " ✓ |" : " · |";
    }

    private void table(StringBuilder page, Map<Character, Dossier> places) {
        page.append("| account | sees |");
        for (Action.Kind kind : Action.Kind.values()) {
            page.append(' ').append(kind.name().toLowerCase(Locale.ROOT)).append(" |");
        }
        page.append("\n|---|---|").append("---|".repeat(Action.Kind.values().length)).append('\n');
        for (User user : COUNTY.users()) {
            page.append("| `").append(user.id().value()).append("` |");
            row(page, places, person(user));
            page.append('\n');
        }
    }

    private void row(StringBuilder page, Map<Character, Dossier> places, Caller.Person person) {
        boolean seen = places.values().stream().allMatch(place -> sight.sees(person, place));
        page.append(seen ? " ✓ |" : "  |");
        for (Action.Kind kind : Action.Kind.values()) {
            var letters = new StringBuilder();
            places.forEach((letter, dossier) -> {
                if (seen && offers(dossier, person).may().contains(kind)) {
                    letters.append(letter);
                }
            });
            String cell = letters.isEmpty() ? "·" : letters.toString();
            page.append(seen ? " " + cell + " |" : "  |");
        }
    }

    private Offers offers(Dossier dossier, Caller.Person person) {
        return Offers.of(WORKFLOW, dossier, sight.actor(person), NOON.plusSeconds(10));
    }

    private static Dossier supervised(Severity severity) {
        var at = received(severity);
        while (!at.incident().standing().step().equals("supervised")) {
            at = done(at, ADVANCE);
        }
        return done(at, CALLED);
    }

    private static Dossier received(Severity severity) {
        var origin = new Origin(Origin.Source.CITIZEN, null, "", null, null);
        return WORKFLOW.open(
                new Dossier.Report(
                        new IncidentId("i"), "噪声", severity, XINHE, "村口", null, origin, false),
                NOON);
    }

    private static Dossier done(@Nullable Dossier dossier, Action action) {
        return done(dossier, action, ANYBODY);
    }

    private static Dossier done(@Nullable Dossier dossier, Action action, Actor actor) {
        var decision =
                WORKFLOW.decide(
                        Objects.requireNonNull(dossier), action, actor, NOON.plusSeconds(10));
        assertThat(decision).isInstanceOf(Decision.Done.class);
        return ((Decision.Done) decision).next();
    }

    private static Caller.Person person(User user) {
        Role role = COUNTY.role(user.role()).orElseThrow();
        return new Caller.Person(user, role, "", Instant.MAX);
    }

    private static Roster roster() {
        try {
            return new Roster(
                    new OrganisationStore() {
                        @Override
                        public Optional<Organisation> load() {
                            return Optional.of(COUNTY);
                        }

                        @Override
                        public void replace(Organisation organisation) {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public boolean add(Unit unit, Happening happening) {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public boolean add(User user, Happening happening) {
                            throw new UnsupportedOperationException();
                        }
                    });
        } catch (RecordUnavailable e) {
            throw new IllegalStateException(e);
        }
    }
}
