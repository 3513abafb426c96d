package org.maplebridge.media.record.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.record.file.RecordedFormat.Codec;

class RecordingFileTest {
    private static final RecordedFormat VP8 = new RecordedFormat(Codec.VP8, 90_000, 0, "");
    private static final RecordedFormat OPUS = new RecordedFormat(Codec.OPUS, 48_000, 2, "");
    private static final RecordingKey KEY = key(1);
    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(5);
    private final List<Integer> blockBegins = new ArrayList<>();

    private static RecordingKey key(int seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return new RecordingKey("2026-11", secret);
    }

    /// Files of years ago are read by them.
    @Test
    void codecsKeepTheirNumbers() {
        assertThat(List.of(Codec.OPUS.code, Codec.VP8.code, Codec.H264.code))
                .containsExactly(1, 2, 3);
        assertThat(Codec.of(4)).isEqualTo(Codec.VP9).isEqualTo(Codec.named("VP9"));
        assertThat(Codec.of(5)).isEqualTo(Codec.AV1).isEqualTo(Codec.named("AV1"));
    }

    @Test
    void whatWasWrittenIsReadAsItCame() throws Exception {
        var writer = writer();
        var out = new ByteArrayOutputStream();
        put(out, writer.head());
        writer.stretch("leg-1");
        writer.packet(VP8, 7, -5, false, true, SECOND, new byte[] {1, 2, 3, 9}, 3);
        writer.packet(VP8, 6, 90, true, false, SECOND + 5, new byte[0], 0);
        writer.report(SECOND + 9, 0xe000_0000_8000_0000L, -77);
        put(out, writer.seal(1_700_000_000_123L, 0, false));
        writer.packet(OPUS, 1L << 40, 960, false, false, 3 * SECOND, new byte[] {4}, 1);
        writer.missed(3 * SECOND + 1, 12);
        put(out, writer.seal(1_700_000_002_123L, 0, true));

        var reader = reader(out.toByteArray(), KEY);
        var first = next(reader);
        assertThat(first.entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new Entry.About("car1/camera"),
                        new Entry.Stretch(1, "leg-1"),
                        new Entry.Format(VP8),
                        new Entry.Packet(7, -5, false, true, SECOND, new byte[] {1, 2, 3}),
                        new Entry.Packet(6, 90, true, false, SECOND + 5, new byte[0]),
                        new Entry.Report(SECOND + 9, 0xe000_0000_8000_0000L, -77));
        assertThat(first.wallNanos(SECOND + 5)).isEqualTo(1_700_000_000_123L * 1_000_000 + 5);
        assertThat(next(reader).entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new Entry.Stretch(1, "leg-1"),
                        new Entry.Format(OPUS),
                        new Entry.Packet(1L << 40, 960, false, false, 3 * SECOND, new byte[] {4}),
                        new Entry.Missed(3 * SECOND + 1, 12));
        assertThat(reader.next()).isNull();
        assertThat(reader.closed()).isTrue();
    }

    @Test
    void aFileCutAnywhereIsReadUpToItsLastWholeBlock() throws Exception {
        byte[] file = file(4);
        for (int cut = blockBegins.getFirst(); cut < file.length; cut++) {
            byte[] torn = Arrays.copyOf(file, cut);
            var verdict = Verdict.of(new ByteArrayInputStream(torn));
            int whole = wholeBlocks(cut);
            assertThat(verdict.sound()).as("cut at %d", cut).isTrue();
            assertThat(verdict.closed()).isFalse();
            assertThat(verdict.blocks()).isEqualTo(whole);
            assertThat(verdict.tornBytes()).isEqualTo(cut - verdict.bytes());
        }
    }

    private int wholeBlocks(int cut) {
        return (int) blockBegins.stream().filter(begin -> begin <= cut).count() - 1;
    }

    @Test
    void everyChangedByteIsFoundInItsBlock() throws Exception {
        byte[] file = file(4);
        assertThat(Verdict.of(new ByteArrayInputStream(file)).closed()).isTrue();
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= (byte) (1 << i % 8);
            var verdict = Verdict.of(new ByteArrayInputStream(changed));
            int block = wholeBlocks(i);
            boolean cutShort = block == blockBegins.size() - 2 && verdict.sound();
            if (cutShort) { // the last block claims to be longer than the file: as if torn there
                assertThat(verdict.closed()).isFalse();
                assertThat(verdict.blocks()).isEqualTo(block);
            } else if (block < 0) {
                assertThat(verdict.damage()).startsWith("byte 0:");
            } else {
                assertThat(verdict.damage())
                        .as("byte %d", i)
                        .startsWith(
                                "block %d at byte %d:".formatted(block, blockBegins.get(block)));
            }
        }
    }

    @Test
    void blocksThatAreTakenOutOrPutElsewhereAreFound() throws Exception {
        byte[] file = file(4);
        var without = new ByteArrayOutputStream();
        without.write(file, 0, blockBegins.get(1));
        without.write(file, blockBegins.get(2), file.length - blockBegins.get(2));
        assertThat(Verdict.of(new ByteArrayInputStream(without.toByteArray())).damage())
                .startsWith("block 1 ");

        byte[] longer = Arrays.copyOf(file, file.length + 3);
        assertThat(Verdict.of(new ByteArrayInputStream(longer)).damage())
                .endsWith("bytes follow the last block");
    }

    /// Anybody can make the hashes match again; nobody can without the key make the block open.
    @Test
    void whoHasNotTheKeyCannotForge() throws Exception {
        byte[] file = file(1);
        int begin = blockBegins.getFirst();
        file[begin + RecordingWriter.HEAD_BYTES] ^= 1;
        byte[] head = Arrays.copyOf(file, begin);
        var chain = new Chain(Arrays.copyOfRange(head, begin - Chain.BYTES, begin));
        int hashed = file.length - begin - Chain.BYTES;
        byte[] hash = chain.next(file, begin, hashed);
        System.arraycopy(hash, 0, file, begin + hashed, Chain.BYTES);

        assertThat(Verdict.of(new ByteArrayInputStream(file)).sound()).isTrue();
        var reader = reader(file, KEY);
        assertThatThrownBy(reader::next).isInstanceOf(DamagedRecording.class);
    }

    @Test
    void anotherMasterKeyDoesNotOpenIt() throws Exception {
        byte[] file = file(1);
        assertThatThrownBy(() -> reader(file, key(2))).isInstanceOf(UnreadableRecording.class);
        assertThatThrownBy(() -> reader(file, null))
                .isInstanceOf(UnreadableRecording.class)
                .hasMessageContaining("2026-11");
        byte[] other = "nothing of the kind".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> reader(other, KEY)).isInstanceOf(UnreadableRecording.class);
        assertThatThrownBy(() -> reader(new byte[0], KEY)).isInstanceOf(UnreadableRecording.class);
    }

    @Test
    void noInputMakesTheReaderFailOtherwise() throws Exception {
        byte[] file = file(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = file.clone();
            for (int k = random.nextInt(1, 6); k > 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length + 50));
            assertThat(Verdict.of(new ByteArrayInputStream(damaged)).blocks()).isLessThan(4);
        }
    }

    private RecordingWriter writer() throws GeneralSecurityException {
        return new RecordingWriter(KEY, "car1/camera", 1_700_000_000_000L, this::random);
    }

    private byte[] random() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Blocks of three packets each, the last one closing the file.
    private byte[] file(int blocks) throws GeneralSecurityException {
        var writer = writer();
        var out = new ByteArrayOutputStream();
        put(out, writer.head());
        blockBegins.clear();
        blockBegins.add(out.size());
        for (int b = 0; b < blocks; b++) {
            for (int p = 0; p < 3; p++) {
                byte[] payload = random();
                long at = b * SECOND + p;
                writer.packet(VP8, 3L * b + p, p, p == 2, p == 0, at, payload, 20);
            }
            put(out, writer.seal(b, 0, b == blocks - 1));
            blockBegins.add(out.size());
        }
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, ByteBuffer bytes) {
        out.write(bytes.array(), bytes.position(), bytes.remaining());
    }

    private static RecordingReader reader(byte[] file, @Nullable RecordingKey key)
            throws IOException {
        return new RecordingReader(new ByteArrayInputStream(file), _ -> key);
    }

    private static RecordingReader.Block next(RecordingReader reader) throws IOException {
        var block = reader.next();
        assertThat(block).isNotNull();
        return Objects.requireNonNull(block);
    }
}
