package org.maplebridge.media.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Packs packets into the pages of one logical Ogg stream.
///
/// ```
/// "OggS" | version 0 | flags | granule position 8 | serial 4 | page number 4    RFC 3533 §6
/// | checksum 4 | segments 1 | length of each segment | their bytes              little-endian
/// ```
///
/// No packet is spread over two pages, so whatever pages a file holds, it holds whole packets.
///
/// Pure: hands back bytes. Thread: confined to its recording.
final class OggPages {
    static final int FIRST = 2;
    static final int LAST = 4;

    private static final int HEAD_LENGTH = 27;
    private static final int CHECKSUM_AT = 22;
    private static final int MOST_SEGMENTS = 255;
    private static final int[] CRC = crcTable();

    private final int serial;
    private final byte[] segments = new byte[MOST_SEGMENTS];
    private int segmentCount;
    private byte[] body = new byte[4_096];
    private int bodyLength;
    private int pageNumber;
    private byte[] finished = new byte[8_192];
    private int finishedLength;

    OggPages(int serial) {
        this.serial = serial;
    }

    /// Whether a packet of this length still goes on the page being filled.
    boolean fits(int length) {
        return segmentCount + segmentsOf(length) <= MOST_SEGMENTS;
    }

    /// A length of 255 says that the packet goes on, so its last segment is shorter, if need be 0.
    private static int segmentsOf(int length) {
        return length / MOST_SEGMENTS + 1;
    }

    void add(byte[] packet, int offset, int length) {
        if (!fits(length)) {
            throw new IllegalArgumentException("a packet of " + length + " bytes");
        }
        int last = segmentCount + segmentsOf(length) - 1;
        Arrays.fill(segments, segmentCount, last, (byte) MOST_SEGMENTS);
        segments[last] = (byte) (length % MOST_SEGMENTS);
        segmentCount = last + 1;
        if (bodyLength + length > body.length) {
            body = Arrays.copyOf(body, 2 * body.length + length);
        }
        System.arraycopy(packet, offset, body, bodyLength, length);
        bodyLength += length;
    }

    boolean empty() {
        return segmentCount == 0;
    }

    /// Ends the page.
    ///
    /// @param flags of [#FIRST] and [#LAST]
    void finish(int flags, long granulePosition) {
        byte[] page = new byte[HEAD_LENGTH + segmentCount + bodyLength];
        ByteBuffer.wrap(page)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'O', 'g', 'g', 'S', 0, (byte) flags})
                .putLong(granulePosition)
                .putInt(serial)
                .putInt(pageNumber++)
                .putInt(0)
                .put((byte) segmentCount)
                .put(segments, 0, segmentCount)
                .put(body, 0, bodyLength);
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM_AT, checksum(page));
        if (finishedLength + page.length > finished.length) {
            finished = Arrays.copyOf(finished, 2 * finished.length + page.length);
        }
        System.arraycopy(page, 0, finished, finishedLength, page.length);
        finishedLength += page.length;
        segmentCount = 0;
        bodyLength = 0;
    }

    /// All pages finished since the last call.
    ByteBuffer take() {
        ByteBuffer pages = ByteBuffer.wrap(Arrays.copyOf(finished, finishedLength));
        finishedLength = 0;
        return pages;
    }

    /// Polynomial 0x04c11db7, neither reflected nor inverted, with the checksum's own bytes 0.
    static int checksum(byte[] page) {
        int crc = 0;
        for (byte value : page) {
            crc = crc << 8 ^ CRC[crc >>> 24 ^ value & 0xff];
        }
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c1_1db7 : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
