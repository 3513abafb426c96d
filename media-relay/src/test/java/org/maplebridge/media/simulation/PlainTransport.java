package org.maplebridge.media.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.leg.PeerTransport;
import org.maplebridge.media.leg.TransportEvent;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// A way to a peer without keys, which insists on what keys insist on: no packet number of a stream
/// ever protects two different packets.
///
/// Thread: the test's.
public final class PlainTransport implements PeerTransport {
    private final String fragment;
    private final Queue<TransportEvent> events = new ArrayDeque<>();
    private final Map<Long, byte[]> protectedBefore = new HashMap<>();
    private final Map<Integer, Long> highestIndex = new HashMap<>();
    private @Nullable PeerPath selected;
    private boolean closed;

    public PlainTransport(String fragment) {
        this.fragment = fragment;
    }

    /// As if checks and handshake had come through on this path.
    public void connect(PeerPath path) {
        boolean first = selected == null;
        selected = path;
        events.add(new TransportEvent.PathProved(path));
        events.add(first ? new TransportEvent.Connected(path) : new TransportEvent.Moved(path));
    }

    public void lose(String cause) {
        events.add(new TransportEvent.Lost(cause));
    }

    @Override
    public List<String> localFragments() {
        return List.of(fragment);
    }

    @Override
    public int onStun(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        return 0;
    }

    @Override
    public int onDtls(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        return 0;
    }

    @Override
    public boolean ready() {
        return selected != null && !closed;
    }

    @Override
    public @Nullable PeerPath selectedPath() {
        return selected;
    }

    @Override
    public int unprotectRtp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        return closed ? DropReason.NO_KEYS.code() : length;
    }

    @Override
    public int unprotectRtcp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        return closed ? DropReason.NO_KEYS.code() : length;
    }

    @Override
    public int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        byte[] packet = memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        long key = (long) ssrc << 32 | packetIndex;
        byte[] before = protectedBefore.put(key, packet);
        if (before != null && !Arrays.equals(before, packet)) {
            throw new AssertionError(
                    "two packets under number " + packetIndex + " of " + Integer.toHexString(ssrc));
        }
        if (packetIndex < 0
                || (packetIndex & 0xffff) != ((packet[2] & 0xff) << 8 | packet[3] & 0xff)) {
            throw new AssertionError("index " + packetIndex + " does not fit the header");
        }
        highestIndex.merge(ssrc, packetIndex, Math::max);
        return length;
    }

    @Override
    public int protectRtcp(MemorySegment memory, long offset, int length) {
        return length;
    }

    @Override
    public void tick(long nowNanos, OutboundBatch out) {}

    @Override
    public @Nullable TransportEvent pollEvent() {
        return events.poll();
    }

    @Override
    public String state() {
        return selected == null ? "new" : "connected";
    }

    @Override
    public String srtpProfile() {
        return "";
    }

    @Override
    public int handshakes() {
        return selected == null ? 0 : 1;
    }

    @Override
    public void close() {
        closed = true;
    }
}
