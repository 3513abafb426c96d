package org.maplebridge.media.link;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.leg.PeerTransport;
import org.maplebridge.media.leg.TransportEvent;
import org.maplebridge.media.srtp.InboundSrtp;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.srtp.ReplayWindow;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.stun.BindingCheck;
import org.maplebridge.media.stun.BindingRequest;
import org.maplebridge.media.stun.StunIntegrity;
import org.maplebridge.media.stun.StunTransactions;
import org.maplebridge.media.stun.StunUsername;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// The way to another node: checks sent and answered, and SRTP with the keys agreed on over the
/// bus. There is no handshake: whoever has the keys is the other node.
///
/// Unlike with ICE-lite both ends ask and both answer ([LinkPaths]), and a check counts once: its
/// number rises, so that one taken down on the way and sent again is refused.
///
/// Thread: its leg's media loop.
final class LinkTransport implements PeerTransport {
    /// Five keep-alives.
    static final long SILENCE_NANOS = 5_000_000_000L;

    /// The other node may hear of our end some seconds later.
    static final long OPENING_NANOS = 10_000_000_000L;

    /// Checks overtake each other by no more.
    private static final int CHECK_WINDOW = 64;

    /// Two fragments of the longest kind, and all else.
    private static final int LONGEST_MESSAGE = 768;

    private static final long PEER_REFLEXIVE_PRIORITY = 110 << 24 | 65_535 << 8 | 255;

    private final Queue<TransportEvent> events = new ArrayDeque<>(4);
    private final LinkPaths paths;
    private final List<String> names;
    private final String fragment;
    private final StunIntegrity ours;
    private final BindingCheck check;
    private final StunTransactions transactions;
    private final ReplayWindow seen = new ReplayWindow(CHECK_WINDOW);
    private final InboundSrtp inbound;
    private final OutboundSrtp outbound;
    private final byte[] message = new byte[LONGEST_MESSAGE];
    private final long openedNanos;
    private boolean over;

    /// @param ways where checks go from the beginning, best first
    /// @param random a cryptographic source
    LinkTransport(
            LinkKeys keys,
            LinkEnd ourEnd,
            LinkEnd theirEnd,
            List<PeerPath> ways,
            SrtpCiphers ciphers,
            RandomGenerator random,
            long nowNanos) {
        var srtp = keys.srtp();
        this.paths = new LinkPaths(ways, events, nowNanos);
        this.fragment = ourEnd.fragment();
        this.ours = new StunIntegrity(keys.ourPassword());
        this.check =
                new BindingCheck(
                        theirEnd.fragment() + ":" + fragment,
                        keys.theirPassword(),
                        random.nextLong());
        this.transactions = new StunTransactions(random);
        this.names = List.of(fragment, transactions.mark());
        this.inbound =
                new InboundSrtp(srtp.profile(), srtp.remoteKey(), srtp.remoteSalt(), ciphers);
        this.outbound =
                new OutboundSrtp(srtp.profile(), srtp.localKey(), srtp.localSalt(), ciphers);
        this.openedNanos = nowNanos;
    }

    @Override
    public List<String> localFragments() {
        return names;
    }

    @Override
    public int onStun(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        if (over) {
            return DropReason.STUN_UNKNOWN_USER.code();
        }
        return BindingRequest.isRequest(data, offset, length)
                ? onCheck(from, data, offset, length, nowNanos, out)
                : onAnswer(from, data, offset, length, nowNanos, out);
    }

    private int onCheck(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        if (!StunUsername.localFragment(data, offset, length).equals(fragment)) {
            return DropReason.STUN_UNKNOWN_USER.code();
        }
        if (!ours.proves(data, offset, length)) {
            return DropReason.STUN_UNAUTHENTICATED.code();
        }
        long number = StunTransactions.number(data, offset, length);
        if (!seen.admits(number)) {
            return DropReason.STUN_REPLAYED.code();
        }
        BindingRequest request = BindingRequest.decode(data, offset, length);
        if (request == null) {
            return DropReason.STUN_MALFORMED.code();
        }
        seen.accept(number);
        LinkPath path = paths.checked(from, nowNanos);
        if (path == null) {
            return DropReason.TOO_MANY_PATHS.code();
        }
        send(path.path, request.writeSuccess(message, from.remote(), ours), out);
        if (!path.proved && nowNanos - path.askedNanos >= LinkPaths.ANEW_NANOS) {
            ask(path, nowNanos, out); // at once: media of the other end may follow
        }
        return 0;
    }

    private int onAnswer(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        long number = StunTransactions.number(data, offset, length);
        LinkPath path = paths.awaiting(from, number);
        if (path == null) {
            return DropReason.STUN_REPLAYED.code();
        }
        byte[] id = transactions.id(number);
        if (check.mappedAddress(data, offset, length, id) == null) {
            return DropReason.STUN_UNAUTHENTICATED.code();
        }
        paths.answered(path, number, nowNanos);
        askDue(nowNanos, out);
        return 0;
    }

    private void ask(LinkPath path, long nowNanos, OutboundBatch out) {
        long number = transactions.next();
        path.asked(number, nowNanos);
        byte[] id = transactions.id(number);
        send(path.path, check.writeRequest(message, id, PEER_REFLEXIVE_PRIORITY, false), out);
    }

    private void send(PeerPath to, int length, OutboundBatch out) {
        long at = out.claim();
        MemorySegment.copy(message, 0, out.memory(), ValueLayout.JAVA_BYTE, at, length);
        out.commit(to, length);
    }

    /// Nodes speak no DTLS to each other.
    @Override
    public int onDtls(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        return DropReason.UNKNOWN_SENDER.code();
    }

    @Override
    public boolean ready() {
        return !over && paths.selected() != null;
    }

    @Override
    public @Nullable PeerPath selectedPath() {
        return paths.selected();
    }

    @Override
    public int unprotectRtp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        if (over || !paths.proved(from)) {
            return DropReason.UNKNOWN_SENDER.code();
        }
        int plain = inbound.unprotectRtp(data, offset, length);
        if (plain >= 0) {
            paths.heard(from, nowNanos);
        }
        return plain;
    }

    @Override
    public int unprotectRtcp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        if (over || !paths.proved(from)) {
            return DropReason.UNKNOWN_SENDER.code();
        }
        int plain = inbound.unprotectRtcp(data, offset, length);
        if (plain >= 0) {
            paths.heard(from, nowNanos);
        }
        return plain;
    }

    @Override
    public int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        return over
                ? DropReason.NO_KEYS.code()
                : outbound.protectRtp(memory, offset, headerLength, length, ssrc, packetIndex);
    }

    @Override
    public int protectRtcp(MemorySegment memory, long offset, int length) {
        return over ? DropReason.NO_KEYS.code() : outbound.protectRtcp(memory, offset, length);
    }

    @Override
    public void tick(long nowNanos, OutboundBatch out) {
        if (over) {
            return;
        }
        boolean connected = paths.selected() != null;
        if (connected && paths.silentNanos(nowNanos) >= SILENCE_NANOS) {
            lose("consent-expired");
        } else if (!connected && nowNanos - openedNanos >= OPENING_NANOS) {
            lose("handshake-timeout");
        } else {
            paths.tick(nowNanos);
            askDue(nowNanos, out);
        }
    }

    private void askDue(long nowNanos, OutboundBatch out) {
        for (LinkPath due = paths.due(nowNanos); due != null; due = paths.due(nowNanos)) {
            ask(due, nowNanos, out);
        }
    }

    private void lose(String cause) {
        close();
        events.add(new TransportEvent.Lost(cause));
    }

    @Override
    public @Nullable TransportEvent pollEvent() {
        return events.poll();
    }

    @Override
    public String state() {
        return paths.selected() == null ? "checking" : "connected";
    }

    @Override
    public String srtpProfile() {
        return paths.selected() == null ? "" : LinkKeys.PROFILE.name();
    }

    /// None: keys are agreed on over the bus.
    @Override
    public int handshakes() {
        return 0;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            inbound.close();
            outbound.close();
        }
    }
}
