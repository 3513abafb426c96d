package org.maplebridge.media.syscall;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The `struct mmsghdr` array of one `sendmmsg` with all it points to, laid out once off heap.
///
/// Message i owns address slot i and control slot i for ever; only what differs is written per
/// message. Vectors are taken in turn, several by a message that the kernel shall cut.
///
/// Thread: its sender's media loop.
final class MessageTable {
    private static final int MESSAGE_BYTES = 64; // struct mmsghdr, padded
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int VECTOR_BYTES = 16; // struct iovec
    private static final int CONTROL_BYTES = 24; // CMSG_SPACE(sizeof(uint16_t))
    private static final long CONTROL_USED = 18; // CMSG_LEN(sizeof(uint16_t))

    private final int capacity;
    private final MemorySegment messages;
    private final MemorySegment vectors;
    private final MemorySegment controls;
    private final MemorySegment names;
    private final int[] firstDatagram;
    private int messageCount;
    private int vectorCount;

    /// @param capacity most messages, and most datagrams, of one call
    MessageTable(Arena arena, int capacity) {
        this.capacity = capacity;
        this.messages = arena.allocate((long) capacity * MESSAGE_BYTES, 64);
        this.vectors = arena.allocate((long) capacity * VECTOR_BYTES, 64);
        this.controls = arena.allocate((long) capacity * CONTROL_BYTES, 64);
        this.names = arena.allocate((long) capacity * SocketAddressBytes.ROOM_BYTES, 64);
        this.firstDatagram = new int[capacity + 1];
        for (int i = 0; i < capacity; i++) {
            long message = (long) i * MESSAGE_BYTES;
            long control = (long) i * CONTROL_BYTES;
            long name = (long) i * SocketAddressBytes.ROOM_BYTES;
            messages.set(JAVA_LONG, message + NAME, names.address() + name);
            messages.set(JAVA_LONG, message + CONTROL, controls.address() + control);
            controls.set(JAVA_LONG, control, CONTROL_USED);
            controls.set(JAVA_INT, control + 8, LinuxSockets.SOL_UDP);
            controls.set(JAVA_INT, control + 12, LinuxSockets.UDP_SEGMENT);
        }
    }

    void clear() {
        messageCount = 0;
        vectorCount = 0;
    }

    int messageCount() {
        return messageCount;
    }

    boolean hasRoomFor(int datagrams) {
        return vectorCount + datagrams <= capacity;
    }

    /// Opens a message; [#addDatagram] then fills it.
    ///
    /// @param datagram index in its batch of the first datagram
    /// @param segmentBytes length of all datagrams but the last, 0 for a single one
    void addMessage(SocketAddressBytes to, int datagram, int datagrams, int segmentBytes) {
        long message = (long) messageCount * MESSAGE_BYTES;
        to.copyTo(names, (long) messageCount * SocketAddressBytes.ROOM_BYTES);
        messages.set(JAVA_INT, message + NAME_LENGTH, to.length());
        messages.set(
                JAVA_LONG,
                message + VECTORS,
                vectors.address() + (long) vectorCount * VECTOR_BYTES);
        messages.set(JAVA_LONG, message + VECTOR_COUNT, datagrams);
        messages.set(JAVA_LONG, message + CONTROL_LENGTH, segmentBytes == 0 ? 0 : CONTROL_BYTES);
        if (segmentBytes != 0) {
            controls.set(
                    JAVA_SHORT, (long) messageCount * CONTROL_BYTES + 16, (short) segmentBytes);
        }
        firstDatagram[messageCount] = datagram;
        messageCount++;
        firstDatagram[messageCount] = datagram + datagrams;
    }

    void addDatagram(long address, int length) {
        long vector = (long) vectorCount * VECTOR_BYTES;
        vectors.set(JAVA_LONG, vector, address);
        vectors.set(JAVA_LONG, vector + 8, length);
        vectorCount++;
    }

    /// Index in the batch of the message's first datagram.
    int firstDatagram(int message) {
        return firstDatagram[message];
    }

    /// Index behind the message's last datagram.
    int endDatagram(int message) {
        return firstDatagram[message + 1];
    }

    /// The array from a message on, as `sendmmsg` takes it.
    MemorySegment from(int message) {
        return message == 0 ? messages : messages.asSlice((long) message * MESSAGE_BYTES);
    }
}
