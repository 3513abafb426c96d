package org.maplebridge.media.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OggOpusWriterTest {
    private static final int FRAME = 960;

    private final OggOpusWriter writer = new OggOpusWriter(7);
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Test
    void packetsComeBackAsTheyWere() {
        var said = new ArrayList<byte[]>();
        for (int i = 0; i < 500; i++) {
            said.add(packet(0x48, 20 + i));
            assertThat(write(said.getLast())).isTrue();
        }
        var voice = finished();

        assertThat(voice.channels()).isOne();
        assertThat(voice.preSkip()).isEqualTo(312);
        assertThat(OggOpusReader.same(voice.spoken(), said)).isTrue();
        assertThat(voice.ticks()).isEqualTo(500 * FRAME).isEqualTo(writer.ticks());
        assertThat(voice.pages()).isEqualTo(2 + 20 + 1);
    }

    @Test
    void lengthsAtTheEdgesOfSegmentsComeBackToo() {
        var said = new ArrayList<byte[]>();
        for (int length : new int[] {1, 2, 254, 255, 256, 509, 510, 511, 1_275, 1_500, 4_000}) {
            said.add(packet(0x48, length));
            write(said.getLast());
        }

        assertThat(OggOpusReader.same(finished().spoken(), said)).isTrue();
    }

    @Test
    void aPageEndsBeforeItIsOverfull() {
        var said = new ArrayList<byte[]>();
        for (int i = 0; i < 150; i++) { // 7 segments each, 2.5 ms
            said.add(packet(0xe0, 1_530));
            write(said.getLast());
        }

        assertThat(OggOpusReader.same(finished().spoken(), said)).isTrue();
    }

    @Test
    void theFirstPacketTellsMonoOrStereo() {
        write(packet(0x4c, 30));

        assertThat(finished().channels()).isEqualTo(2);
    }

    /// TOC byte, what is missing in ticks, what stands for it in ticks, packets it takes.
    @ParameterizedTest(name = "{1} after {0}")
    @CsvSource({
        "0x48, 960, 960, 1", // one packet of 20 ms
        "0x48, 2880, 2880, 1",
        "0x48, 5760, 5760, 1",
        "0x48, 48000, 48000, 9", // a second
        "0x58, 2880, 2880, 1", // 60 ms
        "0x58, 3840, 3840, 2", // and 20 ms
        "0x58, 8640, 8640, 2",
        "0xf8, 1080, 1080, 2", // and 2.5 ms
        "0xfc, 120, 120, 1",
        "0x4b, 960, 960, 1", // several frames in a packet before
        "0xe0, 5760, 5760, 1",
        "0xe0, 5880, 5880, 2",
        "0x48, 119, 0, 0",
        "0x48, 1000, 960, 1",
        "0x48, 0, 0, 0",
        "0x48, -5, 0, 0",
    })
    void packetsWithoutBytesStandForWhatIsMissing(
            String toc, int missing, int filled, int packets) {
        byte[] before = packet(Integer.decode(toc), 30);
        before[1] = 2;
        write(before);
        long begun = writer.ticks();

        assertThat(writer.gap(missing)).isEqualTo(filled);

        write(packet(0x48, 30));
        var voice = finished();
        assertThat(voice.packets()).hasSize(packets + 2);
        assertThat(voice.packets().subList(1, packets + 1)).allMatch(p -> p.bytes().length == 2);
        assertThat(voice.packets().getLast().atTicks()).isEqualTo(begun + filled);
        for (var concealing : voice.packets().subList(1, packets + 1)) {
            assertThat(concealing.bytes()[0] & 4).isEqualTo(Integer.decode(toc) & 4);
        }
    }

    @Test
    void nothingIsMissingBeforeTheFirstPacketOrAfterTheEnd() {
        assertThat(writer.gap(FRAME)).isZero();
        write(packet(0x48, 30));
        writer.end();
        assertThat(writer.gap(FRAME)).isZero();
        assertThat(write(packet(0x48, 30))).isFalse();
        writer.end();

        assertThat(finished().packets()).hasSize(1);
    }

    @Test
    void whatIsFlushedIsThereWhateverHappensThen() {
        for (int i = 0; i < 7; i++) {
            write(packet(0x48, 30));
        }
        assertThat(written().packets()).isEmpty();
        writer.flush();
        writer.flush();
        assertThat(written().packets()).hasSize(7);
        assertThat(written().ended()).isFalse();
    }

    @Test
    void aFileCutAnywhereLosesOneUnfinishedPageAtMost() {
        for (int i = 0; i < 200; i++) {
            write(packet(0x48, 40));
        }
        byte[] whole = bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            int heard = OggOpusReader.readCut(cut).packets().size();
            assertThat(heard * 42).isBetween(length - 27 - 25 * 42 - 200, length);
        }
    }

    @Test
    void aRecordingWithoutAWordIsAFileAllTheSame() {
        var voice = finished();

        assertThat(voice.packets()).isEmpty();
        assertThat(voice.channels()).isOne();
        assertThat(voice.ended()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyBytesAreEitherPacketsOrLeftOut(long seed) {
        var random = new SplittableRandom(seed);
        List<byte[]> taken = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[random.nextInt(random.nextInt(4) == 0 ? 1_500 : 4)];
            random.nextBytes(payload);
            if (random.nextInt(20) == 0) {
                writer.gap(random.nextInt(-1_000, 100_000));
            }
            if (write(payload)) {
                taken.add(payload);
            }
        }
        var voice = finished();

        assertThat(voice.ticks()).isEqualTo(writer.ticks());
        assertThat(taken).hasSizeGreaterThan(5_000);
        assertThat(voice.packets().size()).isGreaterThanOrEqualTo(taken.size());
    }

    @Test
    void aPacketNoPageCanHoldIsABug() {
        assertThatThrownBy(() -> new OggPages(1).add(new byte[66_000], 0, 66_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private boolean write(byte[] packet) {
        boolean taken = writer.packet(packet, 0, packet.length);
        keep();
        return taken;
    }

    private void keep() {
        var pages = writer.take();
        file.write(pages.array(), pages.position(), pages.remaining());
    }

    private byte[] bytes() {
        keep();
        return file.toByteArray();
    }

    private OggOpusReader.Voice written() {
        return OggOpusReader.readCut(bytes());
    }

    private OggOpusReader.Voice finished() {
        writer.end();
        return OggOpusReader.read(bytes());
    }

    private static byte[] packet(int toc, int length) {
        byte[] packet = new byte[length];
        for (int i = 1; i < length; i++) {
            packet[i] = (byte) (i * 7);
        }
        packet[0] = (byte) toc;
        return packet;
    }
}
