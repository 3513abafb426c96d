package org.maplebridge.media.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads an Ogg Opus file and believes nothing: every rule of RFC 3533 and RFC 7845 that a
/// recording must keep is checked, with no line of the code under test.
final class OggOpusReader {
    /// Frame length in tenths of a millisecond by TOC configuration, written out from RFC 6716
    /// table 2.
    private static final int[] TENTHS = {
        100, 200, 400, 600, 100, 200, 400, 600, 100, 200, 400, 600, 100, 200, 100, 200, 25, 50, 100,
        200, 25, 50, 100, 200, 25, 50, 100, 200, 25, 50, 100, 200
    };

    /// @param atTicks when it begins to sound, pre-skip not counted
    @SuppressWarnings("ArrayRecordComponent")
    record Packet(long atTicks, int ticks, byte[] bytes) {
        /// Whether it asks to conceal what is missing: frames without bytes.
        boolean concealing() {
            return bytes.length <= 2 && (bytes[0] & 3) == 3;
        }
    }

    /// @param ended whether the last page says that it is the last one
    record Voice(int channels, int preSkip, List<Packet> packets, boolean ended, int pages) {
        long ticks() {
            return packets.isEmpty() ? 0 : packets.getLast().atTicks + packets.getLast().ticks;
        }

        List<byte[]> spoken() {
            return packets.stream().filter(p -> !p.concealing()).map(Packet::bytes).toList();
        }
    }

    private final ByteBuffer file;
    private final List<Packet> packets = new ArrayList<>();
    private int serial;
    private int pages;
    private int channels;
    private int preSkip;
    private boolean ended;
    private long ticks;

    private OggOpusReader(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A file that was closed.
    static Voice read(byte[] file) {
        var reader = new OggOpusReader(file);
        while (reader.file.hasRemaining()) {
            reader.page();
        }
        require(reader.ended, "no last page");
        return reader.voice();
    }

    /// What is whole of a file whose writer was killed.
    static Voice readCut(byte[] file) {
        var reader = new OggOpusReader(file);
        while (reader.wholePageFollows()) {
            reader.page();
        }
        return reader.voice();
    }

    private Voice voice() {
        return new Voice(channels, preSkip, packets, ended, pages);
    }

    private boolean wholePageFollows() {
        int at = file.position();
        if (file.remaining() < 27) {
            return false;
        }
        int segments = file.get(at + 26) & 0xff;
        int length = 27 + segments;
        for (int i = 0; i < segments && file.remaining() >= 27 + segments; i++) {
            length += file.get(at + 27 + i) & 0xff;
        }
        return file.remaining() >= length;
    }

    private void page() {
        require(!ended, "a page behind the last one");
        int begin = file.position();
        byte[] capture = new byte[4];
        file.get(capture);
        require("OggS".equals(new String(capture, StandardCharsets.US_ASCII)), "capture pattern");
        require(file.get() == 0, "version");
        int flags = file.get();
        require((flags & ~6) == 0, "a packet goes on from the page before");
        require((flags & 2) != 0 == (pages == 0), "first page");
        ended = (flags & 4) != 0;
        long granule = file.getLong();
        int itsSerial = file.getInt();
        serial = pages == 0 ? itsSerial : serial;
        require(itsSerial == serial, "serial");
        require(file.getInt() == pages, "page number");
        int checksum = file.getInt();
        List<byte[]> found = packetsOfPage();
        require(checksum == checksum(begin, file.position()), "checksum");
        switch (pages++) {
            case 0 -> head(found, granule);
            case 1 -> tags(found, granule);
            default -> audio(found, granule);
        }
    }

    private List<byte[]> packetsOfPage() {
        int[] lengths = new int[file.get() & 0xff];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = file.get() & 0xff;
        }
        var found = new ArrayList<byte[]>();
        int length = 0;
        for (int segment : lengths) {
            length += segment;
            if (segment < 255) {
                byte[] packet = new byte[length];
                file.get(packet);
                found.add(packet);
                length = 0;
            }
        }
        require(length == 0, "a packet goes on on the next page");
        return found;
    }

    private int checksum(int from, int to) {
        int crc = 0;
        for (int at = from; at < to; at++) {
            int value = at - from >= 22 && at - from < 26 ? 0 : file.get(at) & 0xff;
            for (int bit = 7; bit >= 0; bit--) {
                int in = crc >>> 31 ^ value >> bit & 1;
                crc = crc << 1 ^ in * 0x04c1_1db7;
            }
        }
        return crc;
    }

    private void head(List<byte[]> found, long granule) {
        require(found.size() == 1 && found.getFirst().length == 19 && granule == 0, "head page");
        var head = ByteBuffer.wrap(found.getFirst()).order(ByteOrder.LITTLE_ENDIAN);
        require(text(head, 8).equals("OpusHead") && head.get() == 1, "head");
        channels = head.get();
        preSkip = head.getShort();
        require(channels == 1 || channels == 2, "channels");
        require(head.getInt() == 48_000 && head.getShort() == 0 && head.get() == 0, "head's rest");
    }

    private void tags(List<byte[]> found, long granule) {
        require(found.size() == 1 && granule == 0, "tags page");
        var tags = ByteBuffer.wrap(found.getFirst()).order(ByteOrder.LITTLE_ENDIAN);
        require(text(tags, 8).equals("OpusTags"), "tags");
        require(!text(tags, tags.getInt()).isEmpty(), "vendor");
        require(tags.getInt() == 0 && !tags.hasRemaining(), "comments");
    }

    private void audio(List<byte[]> found, long granule) {
        long before = ticks;
        for (byte[] packet : found) {
            int sounds = ticks(packet);
            packets.add(new Packet(ticks, sounds, packet));
            ticks += sounds;
        }
        require(granule == preSkip + ticks, "granule position " + granule);
        require(ended || !found.isEmpty(), "an empty page");
        require(ticks - before <= 48_000, "more than a second on a page");
    }

    private static int ticks(byte[] packet) {
        require(packet.length > 0, "an empty packet");
        int frame = TENTHS[(packet[0] & 0xff) >> 3] * 48 / 10;
        int frames =
                switch (packet[0] & 3) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default -> packet[1] & 63;
                };
        require(frames > 0 && frames * frame <= 5_760, "frames");
        return frames * frame;
    }

    private static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    static boolean same(List<byte[]> some, List<byte[]> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = Arrays.equals(some.get(i), others.get(i));
        }
        return same;
    }
}
