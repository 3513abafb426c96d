package org.maplebridge.media.syscall;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.maplebridge.media.wire.DatagramSender;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Sends a batch by as few system calls as can be: one `sendmmsg` for all of it, and inside that
/// one message for each run of datagrams of equal length to one peer, which the kernel cuts up
/// (UDP_SEGMENT). A run may end in one shorter datagram.
///
/// The kernel's refusals never stop the loop: a full socket buffer is waited for a few milliseconds
/// at most, a refused run goes out one by one, the rest is counted as dropped.
///
/// Thread: the media loop that owns the batch.
public final class SendmmsgSender implements DatagramSender, AutoCloseable {
    /// UDP_MAX_SEGMENTS of all kernels that know segmentation.
    private static final int MAX_SEGMENTS = 64;

    /// A message must fit the 16-bit length of an IP packet with its headers.
    private static final int MAX_RUN_BYTES = 65_000;

    /// Longest wait for a full socket buffer in one batch: at 1 Gbit/s it drains 600 datagrams.
    private static final int MAX_WAIT_MILLIS = 5;

    private static final int MAX_MESSAGES = 128;

    private final Arena arena = Arena.ofShared();
    private final List<SendOnlySocket> sockets;
    private final boolean segments;
    private final IntConsumer refused;
    private final MessageTable table = new MessageTable(arena, MAX_MESSAGES);
    private final MessageTable pieces = new MessageTable(arena, MAX_SEGMENTS);
    private final MemorySegment errno = LinuxSockets.newErrno(arena);
    private final MemorySegment pollfd = arena.allocate(8, 8);
    private int waitedMillis;
    private long datagrams;
    private long turns;
    private long messages;

    private SendmmsgSender(List<SendOnlySocket> sockets, boolean segments, IntConsumer refused) {
        this.sockets = sockets;
        this.segments = segments;
        this.refused = refused;
    }

    /// Opens a send-only socket beside the receivers of each local address, which are bound already
    /// and steered to ([PortSteering]).
    ///
    /// @param locals in the order of [PeerPath#localSocket()]
    /// @param refused hears how many datagrams the kernel did not take
    public static SendmmsgSender open(
            List<InetSocketAddress> locals, boolean segments, IntConsumer refused)
            throws IOException {
        var sockets = new ArrayList<SendOnlySocket>();
        try {
            for (InetSocketAddress local : locals) {
                sockets.add(SendOnlySocket.open(local));
            }
        } catch (IOException e) {
            sockets.forEach(SendOnlySocket::close);
            throw e;
        }
        return new SendmmsgSender(List.copyOf(sockets), segments, refused);
    }

    /// Sets [PortSteering] by way of the first send-only socket; a port with one receiver.
    boolean steerToReceivers(boolean ipv6) {
        return PortSteering.attach(sockets.getFirst().fd(), ipv6, 1);
    }

    /// What went out so far, as a reader on another thread may see it a moment late.
    ///
    /// @param turns times that one peer's datagrams lay side by side in a batch: datagrams by turns
    ///   is how many leave together
    /// @param messages given to the kernel: runs that it cuts up count once
    public record Sent(long datagrams, long turns, long messages) {
        public Sent plus(Sent other) {
            return new Sent(
                    datagrams + other.datagrams, turns + other.turns, messages + other.messages);
        }
    }

    /// Thread: any.
    public Sent sent() {
        return new Sent(datagrams, turns, messages);
    }

    @Override
    public void send(OutboundBatch batch) {
        waitedMillis = 0;
        datagrams += batch.count();
        long base = batch.memory().address();
        int at = 0;
        while (at < batch.count()) {
            int local = batch.path(at).localSocket();
            table.clear();
            while (at < batch.count() && batch.path(at).localSocket() == local) {
                SocketAddressBytes to = addressOf(batch.path(at), sockets.get(local));
                int end = segments && to.segmentable() ? endOfRun(batch, at) : at + 1;
                if (!table.hasRoomFor(end - at)) {
                    break;
                }
                addRun(batch, base, to, at, end);
                at = end;
            }
            push(batch, sockets.get(local).fd());
        }
    }

    /// Index behind the longest run from `first` on that one message can carry.
    private static int endOfRun(OutboundBatch batch, int first) {
        PeerPath path = batch.path(first);
        int length = batch.length(first);
        int limit = Math.min(batch.count(), first + Math.min(MAX_SEGMENTS, MAX_RUN_BYTES / length));
        int end = first + 1;
        while (end < limit && batch.path(end) == path && batch.length(end) <= length) {
            boolean shorter = batch.length(end) < length;
            end++;
            if (shorter) {
                break;
            }
        }
        return end;
    }

    private void addRun(OutboundBatch batch, long base, SocketAddressBytes to, int at, int end) {
        table.addMessage(to, at, end - at, end - at > 1 ? batch.length(at) : 0);
        messages++;
        turns += at == 0 || batch.path(at - 1) != batch.path(at) ? 1 : 0;
        for (int i = at; i < end; i++) {
            table.addDatagram(base + OutboundBatch.offset(i), batch.length(i));
        }
    }

    private void push(OutboundBatch batch, int fd) {
        int at = 0;
        while (at < table.messageCount()) {
            int taken = LinuxSockets.sendmmsg(errno, fd, table.from(at), table.messageCount() - at);
            if (taken > 0) {
                at += taken;
                continue;
            }
            switch (LinuxSockets.errno(errno)) {
                case LinuxSockets.EINTR -> {}
                case LinuxSockets.EAGAIN, LinuxSockets.ENOBUFS -> {
                    if (!waitForRoom(fd)) {
                        refuse(
                                table.firstDatagram(at),
                                table.endDatagram(table.messageCount() - 1));
                        return;
                    }
                }
                case LinuxSockets.EIO,
                        LinuxSockets.EINVAL,
                        LinuxSockets.EMSGSIZE,
                        LinuxSockets.EOPNOTSUPP -> {
                    pushOneByOne(batch, fd, at);
                    at++;
                }
                default -> { // no route, a firewall's refusal: the next peer may be reachable
                    refuse(table.firstDatagram(at), table.endDatagram(at));
                    at++;
                }
            }
        }
    }

    /// The kernel would not cut the message at `index`: sends its datagrams uncut, and does so for
    /// this peer from now on.
    private void pushOneByOne(OutboundBatch batch, int fd, int index) {
        int first = table.firstDatagram(index);
        int end = table.endDatagram(index);
        if (end - first == 1) {
            refuse(first, end);
            return;
        }
        SocketAddressBytes to = (SocketAddressBytes) batch.path(first).senderNote();
        if (to == null) {
            throw new IllegalStateException("sent to before its address was encoded");
        }
        to.refuseSegments();
        pieces.clear();
        for (int i = first; i < end; i++) {
            pieces.addMessage(to, i, 1, 0);
            pieces.addDatagram(batch.memory().address() + OutboundBatch.offset(i), batch.length(i));
        }
        int sent = 0;
        while (sent < end - first) {
            int taken = LinuxSockets.sendmmsg(errno, fd, pieces.from(sent), end - first - sent);
            if (taken <= 0) {
                refuse(first + sent, first + sent + 1);
            }
            sent += Math.max(taken, 1);
        }
    }

    private boolean waitForRoom(int fd) {
        if (waitedMillis >= MAX_WAIT_MILLIS) {
            return false;
        }
        waitedMillis++;
        pollfd.set(JAVA_INT, 0, fd);
        pollfd.set(JAVA_SHORT, 4, (short) LinuxSockets.POLLOUT);
        pollfd.set(JAVA_SHORT, 6, (short) 0);
        LinuxSockets.poll(errno, pollfd, 1);
        return true;
    }

    private void refuse(int first, int end) {
        refused.accept(end - first);
    }

    private static SocketAddressBytes addressOf(PeerPath path, SendOnlySocket socket) {
        if (path.senderNote() instanceof SocketAddressBytes known) {
            return known;
        }
        SocketAddressBytes encoded = SocketAddressBytes.of(path.remote(), socket.family());
        path.setSenderNote(encoded);
        return encoded;
    }

    /// Only after the last [#send].
    @Override
    public void close() {
        sockets.forEach(SendOnlySocket::close);
        arena.close();
    }
}
