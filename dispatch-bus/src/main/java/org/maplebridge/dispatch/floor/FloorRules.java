package org.maplebridge.dispatch.floor;

import org.maplebridge.dispatch.model.Severity;

/// How one conversation's floor behaves. Timer names as in 3GPP TS 24.380 §11; a period of 0 turns
/// a timer off.
///
/// @param endOfMediaNanos T1: the talker is silent as a grave, so the floor is free
/// @param talkNanos T2: longest talk, counted from the first packet
/// @param emergencyTalkNanos T2 of who talks at [Severity#RED]
/// @param graceNanos T3: how long a revoked talker's last words are still carried
/// @param inactivityNanos T4: nobody wants the floor
/// @param idleRepeatNanos T7, `idleRepeats` C7: saying again that the floor is free
/// @param revokeRepeatNanos T8: saying again that talking is over
/// @param grantRepeatNanos T20, `grantRepeats` C20: saying again to who waited that it is their
///   turn
/// @param queueing whether those who cannot talk now may wait
/// @param cutIn a pre-empted talker is cut off at once, without grace
/// @param broadcast only who set the call up may talk, and the call ends with the talk
/// @param priorityCap no request counts more than this here
public record FloorRules(
        long endOfMediaNanos,
        long talkNanos,
        long emergencyTalkNanos,
        long graceNanos,
        long inactivityNanos,
        long idleRepeatNanos,
        int idleRepeats,
        long revokeRepeatNanos,
        long grantRepeatNanos,
        int grantRepeats,
        boolean queueing,
        int queueLimit,
        boolean cutIn,
        boolean broadcast,
        int priorityCap) {
    /// Ten talk levels, as radios have them.
    public static final int MAX_PRIORITY = 10;

    private static final long SECOND = 1_000_000_000L;

    /// The standard's values over reliable signalling: nobody has to be told twice that a floor is
    /// free, since a WebSocket loses no message while it lives.
    public static FloorRules standard() {
        return new FloorRules(
                4 * SECOND,
                30 * SECOND,
                120 * SECOND,
                3 * SECOND,
                30 * SECOND,
                0,
                0,
                SECOND,
                SECOND,
                3,
                true,
                20,
                false,
                false,
                MAX_PRIORITY);
    }

    public FloorRules withQueue(boolean on, int limit) {
        return new FloorRules(
                endOfMediaNanos,
                talkNanos,
                emergencyTalkNanos,
                graceNanos,
                inactivityNanos,
                idleRepeatNanos,
                idleRepeats,
                revokeRepeatNanos,
                grantRepeatNanos,
                grantRepeats,
                on,
                limit,
                cutIn,
                broadcast,
                priorityCap);
    }

    public FloorRules withIdleRepeats(long everyNanos, int times) {
        return new FloorRules(
                endOfMediaNanos,
                talkNanos,
                emergencyTalkNanos,
                graceNanos,
                inactivityNanos,
                everyNanos,
                times,
                revokeRepeatNanos,
                grantRepeatNanos,
                grantRepeats,
                queueing,
                queueLimit,
                cutIn,
                broadcast,
                priorityCap);
    }

    public FloorRules asCutIn() {
        return withKind(true, broadcast);
    }

    public FloorRules asBroadcast() {
        return withKind(cutIn, true);
    }

    private FloorRules withKind(boolean cuts, boolean broadcasts) {
        return new FloorRules(
                endOfMediaNanos,
                talkNanos,
                emergencyTalkNanos,
                graceNanos,
                inactivityNanos,
                idleRepeatNanos,
                idleRepeats,
                revokeRepeatNanos,
                grantRepeatNanos,
                grantRepeats,
                queueing,
                queueLimit,
                cuts,
                broadcasts,
                priorityCap);
    }

    long talkNanosAt(Severity tier) {
        return tier == Severity.RED ? emergencyTalkNanos : talkNanos;
    }
}
