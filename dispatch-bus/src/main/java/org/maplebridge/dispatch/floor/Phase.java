package org.maplebridge.dispatch.floor;

import org.maplebridge.dispatch.model.SessionId;

/// The states of a floor. Deadlines are absolute nanoseconds, [FloorTimer#OFF] when not running.
sealed interface Phase {
    /// The call is not set up yet.
    record Start() implements Phase {}

    record Idle(long inactiveAtNanos, long repeatAtNanos, int repeatsLeft) implements Phase {}

    record Taken(Talk talk) implements Phase {}

    record Revoking(Talk talk, RevokeCause cause, long graceEndsAtNanos, long repeatAtNanos)
            implements Phase {}

    record Ended() implements Phase {}

    /// One turn of one talker.
    ///
    /// @param mediaEndsAtNanos T1
    /// @param talkEndsAtNanos T2, off until the first packet
    /// @param repeatAtNanos T20, on only for who waited in the queue
    record Talk(
            SessionId who,
            Rank rank,
            long epoch,
            long sinceNanos,
            long mediaEndsAtNanos,
            long talkEndsAtNanos,
            long repeatAtNanos,
            int grantsSent) {

        long leftNanos(FloorRules rules, long nowNanos) {
            return talkEndsAtNanos == FloorTimer.OFF
                    ? rules.talkNanosAt(rank.tier())
                    : Math.max(0, talkEndsAtNanos - nowNanos);
        }

        Talk heard(FloorRules rules, long nowNanos) {
            long ends =
                    talkEndsAtNanos == FloorTimer.OFF
                            ? FloorTimer.after(nowNanos, rules.talkNanosAt(rank.tier()))
                            : talkEndsAtNanos;
            long silent = FloorTimer.after(nowNanos, rules.endOfMediaNanos());
            return new Talk(who, rank, epoch, sinceNanos, silent, ends, FloorTimer.OFF, grantsSent);
        }

        Talk repeating(long againAtNanos, int sent) {
            return new Talk(
                    who,
                    rank,
                    epoch,
                    sinceNanos,
                    mediaEndsAtNanos,
                    talkEndsAtNanos,
                    againAtNanos,
                    sent);
        }
    }
}
