package org.maplebridge.media.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.maplebridge.media.wire.Bytes;

/// Writes one RTP header after another into native memory, with this leg's own extension ids.
///
/// ```
/// writer.begin(memory, at, marker, payloadType, seq16, timestamp, ssrc);
/// writer.extension16(ids.transportSequence(), transportSequence);
/// int headerLength = writer.end();
/// ```
///
/// Thread: its media loop.
public final class RtpHeaderWriter {
    // Of the first byte.
    private static final int PADDED = 0x20;
    private static final int EXTENDED = 0x10;

    private final boolean twoByteForm;
    private MemorySegment memory = MemorySegment.NULL;
    private long start;
    private long at;

    /// @param twoByteForm needed as soon as an id is above 14 or a value longer than 16 bytes (RFC
    ///   8285 §4.3); one form per leg, for mixing is an option of its own
    public RtpHeaderWriter(boolean twoByteForm) {
        this.twoByteForm = twoByteForm;
    }

    /// Begins a header without padding or CSRCs.
    public void begin(
            MemorySegment memory,
            long offset,
            boolean marker,
            int payloadType,
            int seq16,
            int timestamp,
            int ssrc) {
        this.memory = memory;
        start = offset;
        int first = 0x8000 | (marker ? 0x80 : 0) | (payloadType & 0x7f);
        memory.set(Bytes.INT, offset, first << 16 | (seq16 & 0xffff));
        memory.set(Bytes.INT, offset + 4, timestamp);
        memory.set(Bytes.INT, offset + 8, ssrc);
        at = offset + RtpHeader.FIXED_LENGTH;
    }

    /// Says that the payload ends with padding (RFC 3550 §5.1).
    public void padded() {
        byte first = memory.get(ValueLayout.JAVA_BYTE, start);
        memory.set(ValueLayout.JAVA_BYTE, start, (byte) (first | PADDED));
    }

    /// Adds a one-byte value. Ids that do not fit the form are left out, as id 0 is: "the peer does
    /// not know this extension".
    public void extension8(int id, int value) {
        if (beginElement(id, 1)) {
            memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            at++;
        }
    }

    /// Adds a two-byte value.
    public void extension16(int id, int value) {
        if (beginElement(id, 2)) {
            memory.set(Bytes.SHORT, at, (short) value);
            at += 2;
        }
    }

    /// Adds a value such as a MID's letters.
    public void extension(int id, byte[] value) {
        extension(id, value, 0, value.length);
    }

    public void extension(int id, byte[] value, int offset, int length) {
        if (beginElement(id, length)) {
            MemorySegment.copy(value, offset, memory, ValueLayout.JAVA_BYTE, at, length);
            at += length;
        }
    }

    /// Length of the whole header, extension padded to 32 bits.
    public int end() {
        long extensionStart = start + RtpHeader.FIXED_LENGTH;
        if (at > extensionStart) {
            while (((at - extensionStart) & 3) != 0) {
                memory.set(ValueLayout.JAVA_BYTE, at++, (byte) 0);
            }
            int words = (int) ((at - extensionStart - 4) >> 2);
            int profile =
                    twoByteForm ? RtpExtensions.TWO_BYTE_PROFILE : RtpExtensions.ONE_BYTE_PROFILE;
            memory.set(Bytes.INT, extensionStart, profile << 16 | words);
        }
        return (int) (at - start);
    }

    private boolean beginElement(int id, int length) {
        boolean fits =
                twoByteForm ? id <= 255 && length <= 255 : id <= 14 && length >= 1 && length <= 16;
        if (id < 1 || !fits) {
            return false;
        }
        if (at == start + RtpHeader.FIXED_LENGTH) { // the first element: room for the head
            byte first = memory.get(ValueLayout.JAVA_BYTE, start);
            memory.set(ValueLayout.JAVA_BYTE, start, (byte) (first | EXTENDED));
            at += 4;
        }
        if (twoByteForm) {
            memory.set(Bytes.SHORT, at, (short) (id << 8 | length));
            at += 2;
        } else {
            memory.set(ValueLayout.JAVA_BYTE, at, (byte) (id << 4 | (length - 1)));
            at++;
        }
        return true;
    }
}
