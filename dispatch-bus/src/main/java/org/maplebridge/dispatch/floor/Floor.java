package org.maplebridge.dispatch.floor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// The floor of one conversation as it stands. Changed only by [FloorControl].
///
/// Thread: any, immutable.
public final class Floor {
    final FloorRules rules;
    final Map<SessionId, Speaker> speakers;
    final @Nullable SessionId originator;
    final Severity callTier;
    final long epoch;
    final Queue queue;
    final Phase phase;

    /// When the shell was asked to wake us, [FloorTimer#OFF] when it was not.
    final long wakeAtNanos;

    Floor(
            FloorRules rules,
            Map<SessionId, Speaker> speakers,
            @Nullable SessionId originator,
            Severity callTier,
            long epoch,
            Queue queue,
            Phase phase,
            long wakeAtNanos) {
        this.rules = rules;
        this.speakers = Map.copyOf(speakers);
        this.originator = originator;
        this.callTier = callTier;
        this.epoch = epoch;
        this.queue = queue;
        this.phase = phase;
        this.wakeAtNanos = wakeAtNanos;
    }

    /// A call that is not set up yet.
    ///
    /// @param epoch the highest epoch known of this call; grants count on from there
    public static Floor before(FloorRules rules, long epoch) {
        return new Floor(
                rules,
                Map.of(),
                null,
                Severity.YELLOW,
                epoch,
                Queue.EMPTY,
                new Phase.Start(),
                FloorTimer.OFF);
    }

    public FloorRules rules() {
        return rules;
    }

    public long epoch() {
        return epoch;
    }

    public Severity callTier() {
        return callTier;
    }

    public Map<SessionId, Speaker> speakers() {
        return speakers;
    }

    public boolean isEnded() {
        return phase instanceof Phase.Ended;
    }

    /// Who talks, or is being told to stop.
    public Optional<SessionId> talker() {
        return talk().map(Phase.Talk::who);
    }

    /// How grave the talk is that is going on.
    public Optional<Severity> talkTier() {
        return talk().map(talk -> talk.rank().tier());
    }

    /// With what priority.
    public Optional<Integer> talkPriority() {
        return talk().map(talk -> talk.rank().priority());
    }

    /// Of the grant under which somebody talks; 0 while nobody does.
    public long talkEpoch() {
        return talk().map(Phase.Talk::epoch).orElse(0L);
    }

    /// The same floor, whose next grant has a higher epoch than this.
    public Floor countingFrom(long known) {
        return withEpoch(Math.max(epoch, known));
    }

    /// Who waits, next one first.
    public List<SessionId> queued() {
        return queue.entries().stream().map(Queue.Entry::who).toList();
    }

    /// Whether this participant's request has a chance at all.
    public boolean mayRequest(SessionId who) {
        @Nullable Speaker speaker = speakers.get(who);
        return speaker != null
                && !speaker.receiveOnly()
                && (!rules.broadcast() || who.equals(originator));
    }

    Optional<Phase.Talk> talk() {
        return switch (phase) {
            case Phase.Taken(Phase.Talk talk) -> Optional.of(talk);
            case Phase.Revoking revoking -> Optional.of(revoking.talk());
            case Phase.Start _, Phase.Idle _, Phase.Ended _ -> Optional.empty();
        };
    }

    boolean isTalker(SessionId who) {
        return talk().map(t -> t.who().equals(who)).orElse(false);
    }

    Floor with(Phase next) {
        return new Floor(rules, speakers, originator, callTier, epoch, queue, next, wakeAtNanos);
    }

    Floor with(Queue next) {
        return new Floor(rules, speakers, originator, callTier, epoch, next, phase, wakeAtNanos);
    }

    Floor withSpeakers(Map<SessionId, Speaker> next) {
        return new Floor(rules, next, originator, callTier, epoch, queue, phase, wakeAtNanos);
    }

    Floor withOriginator(SessionId who) {
        return new Floor(rules, speakers, who, callTier, epoch, queue, phase, wakeAtNanos);
    }

    Floor withCallTier(Severity tier) {
        return new Floor(rules, speakers, originator, tier, epoch, queue, phase, wakeAtNanos);
    }

    Floor withEpoch(long next) {
        return new Floor(rules, speakers, originator, callTier, next, queue, phase, wakeAtNanos);
    }

    Floor withWakeAt(long atNanos) {
        return new Floor(rules, speakers, originator, callTier, epoch, queue, phase, atNanos);
    }
}
