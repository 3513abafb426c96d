package org.maplebridge.signaling.scene.call;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.maplebridge.dispatch.call.CallWish.Answering;
import org.maplebridge.dispatch.call.CallWish.Device;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.floor.RemotePeer;

/// Where a call for a unit of this node may come out, and how each device takes it.
///
/// Thread: any.
final class CallDevices {
    /// A device, and how it takes a call now.
    ///
    /// @param hasRoom whether one more call would be heard there
    /// @param picksUp whether it takes calls without a hand
    record Offer(Peer peer, boolean hasRoom, boolean picksUp) {
        /// A device that could not hear another call rings instead of opening, so that its people
        /// may make room.
        private Device device() {
            return new Device(peer.session(), peer.isTerminal(), picksUp && hasRoom);
        }
    }

    private final Peers peers;
    private final CallVoices voices;
    private final Set<SessionId> manual = ConcurrentHashMap.newKeySet();

    CallDevices(Peers peers, CallVoices voices) {
        this.peers = peers;
        this.voices = voices;
    }

    /// How this device takes calls from now on.
    void picksUp(SessionId session, boolean byItself) {
        if (byItself) {
            manual.remove(session);
        } else {
            manual.add(session);
        }
    }

    void left(SessionId session) {
        manual.remove(session);
    }

    /// Of this node.
    List<Offer> of(UnitId unit) {
        return peers.ofUnit(unit).stream()
                .map(peer ->
                        new Offer(
                                peer,
                                voices.hasRoom(peer.session()),
                                !manual.contains(peer.session())))
                .toList();
    }

    /// The unit itself first. One that would be forced open and could not hear it is left out.
    static List<Device> ready(List<Offer> here, List<Offer> elsewhere, Answering answering) {
        return Stream.concat(here.stream(), elsewhere.stream())
                .filter(offer -> answering != Answering.FORCED || offer.hasRoom())
                .map(Offer::device)
                .sorted(Comparator.comparing(Device::terminal).reversed())
                .toList();
    }

    static List<RemotePeer> others(List<Offer> elsewhere) {
        return elsewhere.stream()
                .map(Offer::peer)
                .filter(RemotePeer.class::isInstance)
                .map(RemotePeer.class::cast)
                .toList();
    }
}
