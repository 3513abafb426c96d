package org.maplebridge.signaling.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;

/// The spans of a join: one after the other, together as long as the whole.
class TracedJoinsTest {
    private static final long MILLI = 1_000_000;
    private static final SessionId SESSION = new SessionId("s-1");
    private static final LegId LEG = new LegId("s-1.1");

    private final List<Span> told = new ArrayList<>();
    private long now = 5_000 * MILLI;
    private final TracedJoins joins = joins(1);

    private TracedJoins joins(double share) {
        return new TracedJoins(
                told::addAll,
                "node-1",
                share,
                new TraceClock(() -> Instant.ofEpochMilli(1_000_000 + now / MILLI), () -> now));
    }

    @Test
    void theWholeRoadIsToldWithoutAGap() {
        upToTheAnswer("fresh");
        later(30);
        joins.heard(new RelayEvent.LegReached(LEG), now);
        later(40);
        joins.heard(new RelayEvent.LegConnected(LEG, "192.0.2.7:9"), now);

        assertThat(told)
                .extracting(Span::name)
                .containsExactly(
                        "join",
                        "join.upgrade",
                        "join.hello",
                        "join.session",
                        "join.snapshot",
                        "join.offer",
                        "join.answer",
                        "join.ice",
                        "join.dtls");
        assertThat(told.stream().skip(1).map(TracedJoinsTest::millis))
                .containsExactly(2L, 20L, 3L, 5L, 50L, 4L, 30L, 40L);
        for (int i = 2; i < told.size(); i++) {
            assertThat(told.get(i).startNanos()).isEqualTo(told.get(i - 1).endNanos());
        }
        var whole = told.getFirst();
        assertThat(millis(whole)).isEqualTo(2 + 20 + 3 + 5 + 50 + 4 + 30 + 40);
        assertThat(whole.startNanos()).isEqualTo(1_005_000 * MILLI);
        assertThat(whole.attributes())
                .isEqualTo(
                        Map.of(
                                "node", "node-1",
                                "outcome", "connected",
                                "session", "s-1",
                                "client", "terminal",
                                "session.begin", "fresh"));
        assertThat(told)
                .allMatch(span -> span.trace().equals(TraceIds.trace("s-1")) && !span.failed());
        assertThat(told.stream().skip(1)).allMatch(span -> span.parent().equals(whole.id()));
        assertThat(told.stream().map(Span::id).distinct()).hasSize(told.size());
    }

    @Test
    void anOfferThatWaitsForTheSnapshotIsPartOfTheAnswer() {
        var join = begun("fresh");
        later(1);
        join.offered(now);
        later(10);
        joins.snapshot(SESSION);
        later(2);
        joins.answered(SESSION);
        joins.heard(new RelayEvent.LegConnected(LEG, ""), now);
        assertThat(told)
                .extracting(Span::name)
                .containsExactly(
                        "join",
                        "join.upgrade",
                        "join.hello",
                        "join.session",
                        "join.snapshot",
                        "join.answer");
    }

    @Test
    void whereItStoppedIsToldAsFailed() {
        upToTheAnswer("fresh");
        joins.heard(new RelayEvent.LegReached(LEG), now);
        later(10_000);
        joins.heard(new RelayEvent.LegLost(LEG, "handshake-timeout"), now);

        assertThat(told.getLast().name()).isEqualTo("join.dtls");
        assertThat(told.getLast().failed()).isTrue();
        assertThat(millis(told.getLast())).isEqualTo(10_000);
        assertThat(told.getFirst().failed()).isTrue();
        assertThat(told.getFirst().attributes())
                .containsEntry("outcome", "lost")
                .containsEntry("cause", "handshake-timeout");
    }

    @Test
    void whoIsRefusedIsToldOnceByTheFirstCause() {
        var join = joins.begin(now);
        later(2);
        join.opened();
        later(10_000);
        join.refused("no-sign-of-life");
        join.refused("closed-without-hello");
        assertThat(told)
                .extracting(Span::name)
                .containsExactly("join", "join.upgrade", "join.hello");
        assertThat(told.getFirst().attributes())
                .containsEntry("outcome", "refused")
                .containsEntry("cause", "no-sign-of-life")
                .doesNotContainKey("session");
    }

    @Test
    void whatTheRelayRefusesIsNamed() {
        var join = begun("fresh");
        joins.snapshot(SESSION);
        later(1);
        join.offered(now);
        later(1);
        joins.mediaRefused(SESSION, "sdp-no-ice");
        assertThat(told.getLast().name()).isEqualTo("join.answer");
        assertThat(told.getFirst().attributes()).containsEntry("cause", "sdp-no-ice");
    }

    @Test
    void aSessionThatGoesOnIsAJoinOfItsOwnWithoutMedia() {
        begun("resumed");
        assertThat(told)
                .extracting(Span::name)
                .containsExactly("join", "join.upgrade", "join.hello", "join.session");
        assertThat(told.getFirst().attributes()).containsEntry("outcome", "resumed");
        assertThat(told.getFirst().trace()).isNotEqualTo(TraceIds.trace("s-1"));
    }

    @Test
    void whoWantsNoMediaIsToldAfterAMinuteAndNothingIsKept() {
        begun("fresh");
        joins.snapshot(SESSION);
        later(59_000);
        joins.round();
        assertThat(told).isEmpty();
        later(2_000);
        joins.round();
        assertThat(told.getFirst().attributes()).containsEntry("outcome", "no-media");
        assertThat(millis(told.getFirst())).isLessThan(100);
        joins.round();
        joins.heard(new RelayEvent.LegConnected(LEG, ""), now);
        assertThat(told.stream().filter(span -> span.parent().isEmpty())).hasSize(1);
    }

    @Test
    void theFirstPacketOfEachWayIsTold() {
        upToTheAnswer("fresh");
        joins.heard(new RelayEvent.LegConnected(LEG, ""), now);
        told.clear();
        for (int i = 0; i < 3; i++) {
            later(100);
            joins.heard(new RelayEvent.SlotStarted(LEG, "2", new SourceId("a")), now);
            joins.heard(new RelayEvent.SourceStarted(LEG, new SourceId("b")), now);
        }
        assertThat(told)
                .extracting(Span::name)
                .containsExactly("join.first-sent", "join.first-received");
        assertThat(told).allMatch(span -> millis(span) == 100);
    }

    @Test
    void legsOfTablesAndOfSessionsAreKnownByTheirNames() {
        assertThat(TracedJoins.ownerOf(new LegId("s-1.12"))).isEqualTo("s-1");
        assertThat(TracedJoins.ownerOf(new LegId("table.s-1.12"))).isEqualTo("s-1");
        assertThat(TracedJoins.ownerOf(new LegId("whip"))).isEmpty();
    }

    @Test
    void aShareOfNoneTellsNothing() {
        var silent = joins(0);
        var join = silent.begin(now);
        join.opened();
        join.refused("protocol-breach");
        assertThat(told).isEmpty();
    }

    private void upToTheAnswer(String how) {
        var join = begun(how);
        later(5);
        joins.snapshot(SESSION);
        later(50);
        join.offered(now);
        later(4);
        joins.answered(SESSION);
    }

    private Join begun(String how) {
        var join = joins.begin(now);
        later(2);
        join.opened();
        later(20);
        join.said(now);
        later(3);
        join.session(SESSION, "terminal", how);
        return join;
    }

    private void later(long millis) {
        now += millis * MILLI;
    }

    private static long millis(Span span) {
        return (span.endNanos() - span.startNanos()) / MILLI;
    }
}
