package org.maplebridge.media.record.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Puts entries into the bytes of a block. Numbers, arrivals and timestamps as differences from the
/// packet before, since most are small.
///
/// Pure. Thread: confined to its recording.
final class EntryWriter {
    static final int ABOUT = 1;
    static final int FORMAT = 2;
    static final int PACKET = 3;
    static final int REPORT = 4;
    static final int STRETCH = 5;
    static final int MISSED = 6;

    static final int MARKER = 1;
    static final int KEY_FRAME = 2;

    /// A packet's own numbers at their longest.
    private static final int MOST_OVERHEAD = 64;

    private byte[] bytes = new byte[4_096];
    private int length;
    private long arrivalNanos;
    private long seq;
    private int timestamp;

    /// Begins a block: differences are from here on from its first arrival.
    void begin(long firstArrivalNanos) {
        length = 0;
        arrivalNanos = firstArrivalNanos;
        seq = 0;
        timestamp = 0;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    void about(String source) {
        type(ABOUT);
        text(source);
    }

    void format(RecordedFormat format) {
        type(FORMAT);
        bytes[length++] = (byte) format.codec().code;
        varint(format.clockRate());
        varint(format.channels());
        text(format.variant());
    }

    void packet(
            long newSeq,
            int newTimestamp,
            int flags,
            long newArrivalNanos,
            byte[] payload,
            int payloadLength) {
        room(payloadLength);
        bytes[length++] = PACKET;
        bytes[length++] = (byte) flags;
        signed(newSeq - seq);
        signed(newTimestamp - timestamp);
        signed(newArrivalNanos - arrivalNanos);
        varint(payloadLength);
        System.arraycopy(payload, 0, bytes, length, payloadLength);
        length += payloadLength;
        seq = newSeq;
        timestamp = newTimestamp;
        arrivalNanos = newArrivalNanos;
    }

    void report(long atNanos, long ntpTime, int reportedTimestamp) {
        type(REPORT);
        at(atNanos);
        varint(ntpTime);
        varint(Integer.toUnsignedLong(reportedTimestamp));
    }

    void stretch(int number, String publisher) {
        type(STRETCH);
        varint(number);
        text(publisher);
    }

    void missed(long atNanos, int packets) {
        type(MISSED);
        at(atNanos);
        varint(packets);
    }

    private void at(long atNanos) {
        signed(atNanos - arrivalNanos);
        arrivalNanos = atNanos;
    }

    private void type(int type) {
        room(0);
        bytes[length++] = (byte) type;
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length);
        varint(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    private void room(int more) {
        if (length + more + MOST_OVERHEAD > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
        }
    }

    private void signed(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[length++] = (byte) (left & 0x7f | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }
}
