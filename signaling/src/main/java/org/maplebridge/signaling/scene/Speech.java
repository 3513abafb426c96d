package org.maplebridge.signaling.scene;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.RevokeCause;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;

/// One burst of talk, from its grant on.
///
/// @param id of the burst
/// @param channel what it is heard from
/// @param call under which the talker spoke: a group or a private call
/// @param calls all under which it is heard; more than one while groups are joined
/// @param epoch of the grant
/// @param priority 0 to 10, as it counted
/// @param waited whether the talker stood in the queue before
/// @param requestedAt when the key went down
/// @param audience who takes part at its beginning, the talker not among them
/// @param order what is said is this order
public record Speech(
        String id,
        SourceId channel,
        CallId call,
        List<CallId> calls,
        long epoch,
        Peer talker,
        Severity tier,
        int priority,
        boolean waited,
        Instant requestedAt,
        Instant since,
        List<Peer> audience,
        @Nullable SpokenOrder order) {
    public Speech {
        calls = List.copyOf(calls);
        audience = List.copyOf(audience);
    }

    /// What the order key asked for.
    public record SpokenOrder(OrderId order, Severity severity) {
        /// To who held the key.
        public Refused nothingSaid() {
            return refused(RefusalCode.NOTHING_SAID, "Nothing was said, so nothing is ordered.");
        }

        public Refused refused(RefusalCode code, String detail) {
            return Refused.of(
                    null, new Refusal(code.wire(), detail, Map.of("order", order.value())));
        }
    }

    /// Keeps what was said. Must return at once.
    public interface Log {
        void began(Speech speech);

        /// @param endedAt when the gate closed
        void ended(Speech speech, Instant endedAt, BurstEnd end);
    }

    /// Why a talk is over.
    ///
    /// @param last what the floor heard when it closed the gate
    /// @param revoked why it was taken away before, if it was
    public static BurstEnd endOf(FloorInput last, @Nullable RevokeCause revoked) {
        if (revoked != null) {
            return switch (revoked) {
                case TALKED_TOO_LONG -> BurstEnd.TALKED_TOO_LONG;
                case PRE_EMPTED -> BurstEnd.PRE_EMPTED;
                case NO_PERMISSION -> BurstEnd.NOT_PERMITTED;
                case ONLY_ONE_PARTICIPANT -> BurstEnd.ALONE;
                case NO_RESOURCES, OTHER -> BurstEnd.OTHER;
            };
        }
        return switch (last) {
            case FloorInput.Release _ -> BurstEnd.RELEASED;
            case FloorInput.Leave _ -> BurstEnd.LEFT;
            case FloorInput.Wake _ -> BurstEnd.SILENT;
            case FloorInput.End _ -> BurstEnd.CALL_OVER;
            case FloorInput.SetUp _,
                    FloorInput.SetUpTalking _,
                    FloorInput.Join _,
                    FloorInput.Request _,
                    FloorInput.Unqueue _,
                    FloorInput.AskPosition _,
                    FloorInput.Media _,
                    FloorInput.Ack _,
                    FloorInput.CallTier _ ->
                    BurstEnd.OTHER;
        };
    }
}
