package org.maplebridge.signaling.command;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.scene.call.Calls;
import org.maplebridge.signaling.scene.floor.Conversations;

/// The talk key. The floor itself answers by its own messages.
public final class FloorHandler {
    private final Conversations conversations;
    private final GroupHandler groups;
    private final Calls calls;
    private final Legs legs;
    private final SpokenOrderDesk orders;

    public FloorHandler(
            Conversations conversations,
            GroupHandler groups,
            Calls calls,
            Legs legs,
            SpokenOrderDesk orders) {
        this.conversations = conversations;
        this.groups = groups;
        this.calls = calls;
        this.legs = legs;
        this.orders = orders;
    }

    Reply handle(Peer peer, FloorMessage message, long receivedNanos) {
        return switch (message) {
            case FloorRequest request -> request(peer, request, receivedNanos);
            case FloorRelease release -> release(peer, release);
        };
    }

    private Reply request(Peer peer, FloorRequest request, long receivedNanos) {
        if (!takesPart(peer, request.call())) {
            return Reply.refuse(RefusalCode.NOT_A_MEMBER, "Not listening to this conversation.");
        }
        if (legs.of(peer.session()).isEmpty()) {
            return Reply.refuse(RefusalCode.NO_MEDIA, "Open a peer connection first.");
        }
        FloorMessage.@Nullable SpokenOrder order = request.order();
        if (order != null && !Ids.isValid(order.order())) {
            return new Reply.Refused(Refusal.field(RefusalCode.MALFORMED, "order", "Not an id."));
        }
        var call = new CallId(request.call());
        if (order != null && !orders.reachesAnybody(peer, call, calls::sides)) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "Nobody here is to be ordered by you.");
        }
        conversations.request(
                call,
                asked(peer, request),
                receivedNanos,
                order == null
                        ? null
                        : new Speech.SpokenOrder(
                                new OrderId(order.order()), Words.severity(order.severity())));
        return Reply.DONE;
    }

    private static FloorInput.Request asked(Peer peer, FloorRequest request) {
        @Nullable Integer priority = request.priority();
        OrderMessage.@Nullable Severity tier = request.tier();
        return new FloorInput.Request(
                peer.session(),
                priority == null ? 0 : priority,
                tier == null ? Severity.YELLOW : Words.severity(tier),
                Boolean.TRUE.equals(request.override()));
    }

    private Reply release(Peer peer, FloorRelease release) {
        if (takesPart(peer, release.call())) {
            conversations.release(new CallId(release.call()), peer.session());
        }
        return Reply.DONE;
    }

    private boolean takesPart(Peer peer, String call) {
        return Ids.isValid(call)
                && (groups.isIn(peer, new GroupId(call))
                        || calls.isIn(new CallId(call), peer.session()));
    }
}
