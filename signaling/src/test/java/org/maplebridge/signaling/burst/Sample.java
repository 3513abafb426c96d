package org.maplebridge.signaling.burst;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.burst.Turn;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.OrganisationStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech;
import org.maplebridge.signaling.scene.Speech.SpokenOrder;
import org.maplebridge.signaling.security.Roster;

/// Talk of the demo county, made up.
final class Sample {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final CallId XINHE = new CallId("group-xinhe");
    static final CallId ZEGUO = new CallId("group-zeguo");
    static final UnitId CAR1 = new UnitId("car1");
    static final UnitId CAR2 = new UnitId("car2");
    static final UnitId ROOM = new UnitId("xinhe");
    static final SpokenOrder ORDER = new SpokenOrder(new OrderId("o-1"), Severity.ORANGE);

    private Sample() {}

    static Roster roster() {
        try {
            return new Roster(new County());
        } catch (RecordUnavailable e) {
            throw new AssertionError(e);
        }
    }

    static Hearing hearing() {
        var roster = roster();
        return new Hearing(new Groups(roster), _ -> Optional.empty(), roster);
    }

    static Speech speech(long epoch, Peer talker, @Nullable SpokenOrder order, Peer... audience) {
        return speech(epoch, List.of(XINHE), talker, order, audience);
    }

    static Speech speech(
            long epoch,
            List<CallId> calls,
            Peer talker,
            @Nullable SpokenOrder order,
            Peer... audience) {
        return new Speech(
                "b-" + epoch,
                new SourceId("call:" + calls.getFirst()),
                calls.getFirst(),
                calls,
                epoch,
                talker,
                Severity.YELLOW,
                3,
                false,
                NOON.minusMillis(80),
                NOON,
                Arrays.asList(audience),
                order);
    }

    static Burst burst(Speech speech, long millis, Burst.@Nullable Audio audio, UnitId... units) {
        return new Burst(
                new BurstId(speech.id()),
                speech.call(),
                Set.copyOf(speech.calls()),
                Set.of(),
                new Burst.Talker(
                        speech.talker().session(),
                        speech.talker().person().user().id(),
                        speech.talker().unit().orElse(null)),
                new Turn(
                        speech.tier(),
                        speech.priority(),
                        Turn.Result.GRANTED,
                        speech.requestedAt(),
                        speech.since(),
                        speech.since().plusMillis(millis),
                        BurstEnd.RELEASED),
                millis,
                audio,
                Arrays.stream(units).collect(Collectors.toSet()),
                null,
                null);
    }

    static Burst privately(Burst burst, UnitId... sides) {
        return new Burst(
                burst.id(),
                new CallId("call-1"),
                Set.of(),
                Set.of(sides),
                burst.talker(),
                burst.turn(),
                burst.durationMillis(),
                burst.audio(),
                burst.listeners(),
                null,
                null);
    }

    /// The demo county as if it stood in a record.
    private record County() implements OrganisationStore {
        @Override
        public Optional<Organisation> load() {
            return Optional.of(DemoCounty.organisation());
        }

        @Override
        public void replace(Organisation organisation) {}

        @Override
        public boolean add(Unit unit, Happening happening) {
            return false;
        }

        @Override
        public boolean add(User user, Happening happening) {
            return false;
        }
    }
}
