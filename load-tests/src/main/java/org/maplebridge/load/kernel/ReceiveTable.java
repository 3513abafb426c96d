package org.maplebridge.load.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Room for one `recvmmsg` of any socket of a thread: datagrams and when the kernel got each.
///
/// Thread: the client thread that owns it.
public final class ReceiveTable {
    public static final int CAPACITY = 64;
    public static final int DATAGRAM_BYTES = 2_048;
    private static final int MESSAGE_BYTES = 64; // struct mmsghdr
    private static final int CONTROL_BYTES = 64; // one timestamp: CMSG_SPACE(16) = 32
    private static final int SOL_SOCKET = 1;
    private static final int SCM_TIMESTAMPNS = 35;

    private final MemorySegment messages;
    private final MemorySegment controls;
    private final MemorySegment data;

    public ReceiveTable() {
        Arena arena = Arena.ofAuto();
        messages = arena.allocate((long) CAPACITY * MESSAGE_BYTES, 64);
        controls = arena.allocate((long) CAPACITY * CONTROL_BYTES, 64);
        data = arena.allocate((long) CAPACITY * DATAGRAM_BYTES, 64);
        MemorySegment vectors = arena.allocate((long) CAPACITY * 16, 64);
        for (int i = 0; i < CAPACITY; i++) {
            long message = (long) i * MESSAGE_BYTES;
            vectors.set(JAVA_LONG, i * 16L, data.address() + (long) i * DATAGRAM_BYTES);
            vectors.set(JAVA_LONG, i * 16L + 8, DATAGRAM_BYTES);
            messages.set(JAVA_LONG, message + 16, vectors.address() + i * 16L);
            messages.set(JAVA_LONG, message + 24, 1);
            messages.set(JAVA_LONG, message + 32, controls.address() + (long) i * CONTROL_BYTES);
            messages.set(JAVA_LONG, message + 40, CONTROL_BYTES);
        }
    }

    /// Reads what waits at a socket, at most [#CAPACITY].
    public int fill(KernelSocket socket) {
        return socket.receive(messages, CAPACITY);
    }

    public int length(int index) {
        return messages.get(JAVA_INT, (long) index * MESSAGE_BYTES + 56);
    }

    public void copyTo(int index, byte[] target) {
        MemorySegment.copy(
                data, JAVA_BYTE, (long) index * DATAGRAM_BYTES, target, 0, length(index));
    }

    /// Nanoseconds since 1970 at which the kernel took the datagram in; 0 when it did not say.
    public long arrivedNanos(int index) {
        long message = (long) index * MESSAGE_BYTES;
        long used = messages.get(JAVA_LONG, message + 40);
        messages.set(JAVA_LONG, message + 40, CONTROL_BYTES); // as it must be for the next call
        long control = (long) index * CONTROL_BYTES;
        if (used < 32
                || controls.get(JAVA_INT, control + 8) != SOL_SOCKET
                || controls.get(JAVA_INT, control + 12) != SCM_TIMESTAMPNS) {
            return 0;
        }
        return controls.get(JAVA_LONG, control + 16) * 1_000_000_000L
                + controls.get(JAVA_LONG, control + 24);
    }
}
