package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;

/// What people do in private calls and see of them.
final class PrivateTalk {
    private PrivateTalk() {}

    static String ring(TestSocket caller, String unit) {
        var ringing = (CallRinging) caller.ask(new CallOpen(unit, null, Answering.MANUAL, null));
        assertThat(ringing.incoming()).isFalse();
        return ringing.call();
    }

    static CallOpened opened(TestSocket socket, String call) {
        return socket.await(CallOpened.class, c -> c.call().equals(call));
    }

    static CallClosed closed(TestSocket socket, String call) {
        return socket.await(CallClosed.class, c -> c.call().equals(call));
    }

    static void hangUp(TestSocket socket, String call) {
        assertThat(socket.verdict(new CallClose(call))).isEqualTo("ok");
        closed(socket, call);
    }

    static void talk(TestSocket talker, String call, TestSocket listener) {
        talker.forget();
        listener.forget();
        assertThat(talker.verdict(new FloorRequest(call, 0, null, null, null))).isEqualTo("ok");
        talker.await(FloorGranted.class, granted -> granted.call().equals(call));
        listener.await(FloorTaken.class, taken -> taken.call().equals(call));
        talker.verdict(new FloorRelease(call));
        listener.await(FloorIdle.class, idle -> idle.call().equals(call));
    }

    /// The calls this one is in, as far as they were told.
    static List<String> calls(TestSocket socket) {
        return socket.frames().stream()
                .map(frame -> frame.message())
                .filter(CallOpened.class::isInstance)
                .map(said -> ((CallOpened) said).call())
                .distinct()
                .filter(call -> isIn(socket, call))
                .toList();
    }

    static boolean isIn(TestSocket socket, String call) {
        var said = socket.frames().stream().map(frame -> frame.message()).toList();
        return said.stream().anyMatch(one -> isOpened(one, call))
                && said.stream().noneMatch(one -> isClosed(one, call));
    }

    static boolean isOpened(ServerMessage said, String call) {
        return said instanceof CallOpened opened && opened.call().equals(call);
    }

    static boolean isClosed(ServerMessage said, String call) {
        return said instanceof CallClosed closed && closed.call().equals(call);
    }
}
