package org.maplebridge.media.finish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.media.finish.ScalablePayloads.Layer;
import org.maplebridge.media.finish.ffmpeg.Encoder;
import org.maplebridge.media.finish.ffmpeg.PieceReader;
import org.maplebridge.media.finish.ffmpeg.PieceWriter;
import org.maplebridge.media.finish.frame.Av1Frames;
import org.maplebridge.media.finish.frame.Frame;
import org.maplebridge.media.finish.frame.FrameMaker;
import org.maplebridge.media.finish.frame.Part;
import org.maplebridge.media.finish.frame.Vp9Frames;
import org.maplebridge.media.record.file.RecordedFormat.Codec;

/// From packets of real encoders to a file, and what a player makes of that.
class LayeredPicturesTest {
    private static final long FRAME_NANOS = 40_000_000L;
    private static final int LIGHT = 150;
    private static final int DARK = 100;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"0, 240, 136", "1, 480, 270", "2, 960, 540"})
    void aLineOfVp9ShowsItsResolutionAndNoneBelow(int resolution, int width, int height)
            throws IOException {
        var layers = new EncodedLayers("vp9-l3t1-key.txt");
        var made = vp9(layers.size(), picture -> layers.line(picture, resolution), -1);
        assertShown(made, Codec.VP9, width, height, 16);
        assertThat(made.maker.leftOut()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 240, 136", "1, 480, 270", "2, 960, 540"})
    void aLineOfAv1ShowsItsResolutionAndNoneBelow(int resolution, int width, int height)
            throws IOException {
        var layers = new EncodedLayers("av1-l3t1-key.txt");
        var made = av1(layers.size(), picture -> layers.line(picture, resolution), -1);
        assertShown(made, Codec.AV1, width, height, 16);
        assertThat(made.maker.leftOut()).isZero();
    }

    @Test
    void ofAllResolutionsTogetherTheHighestIsShown() throws IOException {
        var vp9 = new EncodedLayers("vp9-l3t1-key.txt");
        assertShown(vp9(vp9.size(), vp9::all, -1), Codec.VP9, 960, 540, 16);
        var full = new EncodedLayers("vp9-l2t1.txt");
        assertShown(vp9(full.size(), full::all, -1), Codec.VP9, 640, 360, 8);
        var av1 = new EncodedLayers("av1-l3t1-key.txt");
        assertShown(av1(av1.size(), av1::all, -1), Codec.AV1, 960, 540, 16);
    }

    @ParameterizedTest
    @CsvSource({"VP9", "AV1"})
    void afterALostPacketPicturesGoOnWithTheNextKeyFrame(Codec codec) throws IOException {
        boolean vp9 = codec == Codec.VP9;
        var layers = new EncodedLayers(vp9 ? "vp9-l3t1-key.txt" : "av1-l3t1-key.txt");
        IntFunction<List<Layer>> line = picture -> layers.line(picture, 2);
        int whole = (vp9 ? vp9(3, line, -1) : av1(3, line, -1)).packets;
        var made = vp9 ? vp9(16, line, whole) : av1(16, line, whole); // the fourth picture's first
        assertShown(made, codec, 960, 540, 3 + 8);
        assertThat(made.maker.leftOut()).as("and of the lost one nothing came").isEqualTo(4);
    }

    /// What one encoder makes, large enough for many packets each.
    @ParameterizedTest
    @CsvSource({"VP9", "AV1"})
    void ofALargePictureEveryPacketIsNeeded(Codec codec) throws IOException {
        int lost = 0;
        try (var encoder =
                codec == Codec.VP9 ? Encoder.vp9(320, 240, 25) : Encoder.av1(320, 240, 25)) {
            var frames = new ArrayList<byte[]>();
            for (int i = 0; i < 12; i++) {
                frames.add(encoder.noise(i, i % 6 == 0));
            }
            var whole = made(codec, frames, -1);
            assertThat(whole.frames).hasSize(12);
            assertThat(whole.packets).isGreaterThan(60);
            for (int packet = 0; packet < whole.packets; packet += 7) {
                var torn = made(codec, frames, packet);
                boolean first = torn.frames.isEmpty() || torn.frames.getFirst().ticks() > 0;
                assertThat(torn.frames.size()).isLessThan(12);
                assertThat(torn.frames.size() + torn.maker.leftOut()).isEqualTo(12);
                assertThat(first).isEqualTo(packet < whole.firstPackets);
                lost++;
            }
            assertThat(decoded(whole, codec)).hasSize(12);
        }
        assertThat(lost).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"VP9", "AV1"})
    void damagedPayloadsCostTheirPicturesAndNoMore(Codec codec) throws IOException {
        boolean vp9 = codec == Codec.VP9;
        var layers = new EncodedLayers(vp9 ? "vp9-l3t1-key.txt" : "av1-l3t1-key.txt");
        var random = new Random(9628);
        for (int round = 0; round < 300; round++) {
            var made = new Made(vp9 ? new Vp9Frames() : new Av1Frames(), -1);
            for (int i = 0; i < 16; i++) {
                List<Layer> picture = layers.all(i);
                List<byte[]> payloads =
                        vp9
                                ? ScalablePayloads.vp9(i, picture)
                                : ScalablePayloads.av1(
                                        EncodedLayers.key(i), EncodedLayers.unit(picture));
                if (i < EncodedLayers.EACH_RUN) {
                    payloads.replaceAll(payload -> damaged(payload, random));
                }
                made.picture(i, payloads);
            }
            assertThat(made.frames).hasSizeGreaterThanOrEqualTo(8);
            assertThat(made.frames.subList(made.frames.size() - 8, made.frames.size()))
                    .allMatch(frame -> frame.ticks() >= 8 * 3_600);
            made.maker.setup();
        }
    }

    /// Half of them are as they were.
    private static byte[] damaged(byte[] payload, Random random) {
        byte[] changed = payload.clone();
        switch (random.nextInt(4)) {
            case 0 ->
                    changed[random.nextInt(Math.min(40, payload.length))] ^= 1 << random.nextInt(8);
            case 1 -> changed = Arrays.copyOf(payload, random.nextInt(payload.length));
            default -> {}
        }
        return changed;
    }

    private static Made made(Codec codec, List<byte[]> frames, int lost) {
        return codec == Codec.VP9
                ? vp9(12, i -> List.of(new Layer(0, i % 6 != 0, false, frames.get(i))), lost)
                : av1(12, 6, i -> List.of(new Layer(0, i % 6 != 0, false, frames.get(i))), lost);
    }

    private static Made vp9(int count, IntFunction<List<Layer>> pictures, int lost) {
        var made = new Made(new Vp9Frames(), lost);
        for (int i = 0; i < count; i++) {
            made.picture(i, ScalablePayloads.vp9(i, pictures.apply(i)));
        }
        return made;
    }

    private static Made av1(int count, IntFunction<List<Layer>> pictures, int lost) {
        return av1(count, EncodedLayers.EACH_RUN, pictures, lost);
    }

    private static Made av1(int count, int keyEvery, IntFunction<List<Layer>> pictures, int lost) {
        var made = new Made(new Av1Frames(), lost);
        for (int i = 0; i < count; i++) {
            byte[] unit = EncodedLayers.unit(pictures.apply(i));
            made.picture(i, ScalablePayloads.av1(i % keyEvery == 0, unit));
        }
        return made;
    }

    /// What a frame maker made of packets, of which one may be lost.
    private static final class Made {
        final FrameMaker maker;
        final int lost;
        final List<Frame> frames = new ArrayList<>();
        int packets;
        int firstPackets;

        Made(FrameMaker maker, int lost) {
            this.maker = maker;
            this.lost = lost;
        }

        void picture(int number, List<byte[]> payloads) {
            for (int i = 0; i < payloads.size(); i++) {
                boolean marker = i == payloads.size() - 1;
                int seq = packets++;
                if (seq != lost) {
                    var part = new Part(1, seq, number * 3_600L, marker, 0, payloads.get(i));
                    Frame frame = maker.add(part);
                    if (frame != null) {
                        frames.add(frame);
                    }
                }
            }
            firstPackets = number == 0 ? packets : firstPackets;
        }
    }

    private record Shown(int width, int height, byte[] row) {}

    private void assertShown(Made made, Codec codec, int width, int height, int count)
            throws IOException {
        List<Shown> pictures = decoded(made, codec);
        assertThat(pictures).hasSize(count);
        for (Shown picture : pictures) {
            assertThat(picture.width()).isEqualTo(width);
            assertThat(picture.height()).isEqualTo(height);
            int dark = 0;
            int between = 0;
            for (byte luma : picture.row()) {
                dark += (luma & 0xff) < DARK ? 1 : 0;
                between += (luma & 0xff) >= DARK && (luma & 0xff) < LIGHT ? 1 : 0;
            }
            assertThat(dark).as("the block").isBetween(width / 9, width / 7);
            assertThat(between).as("its edges").isLessThan(width / 30);
        }
    }

    /// The row in the middle of the block, of each picture that a player shows.
    private List<Shown> decoded(Made made, Codec codec) throws IOException {
        Path file = folder.resolve(codec + "-" + made.hashCode() + ".webm");
        try (var writer = new PieceWriter(file, false)) {
            Frame first = made.frames.getFirst();
            writer.add(codec, made.maker.setup(), first.data());
            for (Frame frame : made.frames) {
                writer.frame(0, frame.ticks() / 3_600 * FRAME_NANOS, frame.key(), frame.data());
            }
            writer.end();
        }
        var shown = new ArrayList<Shown>();
        try (var reader = PieceReader.picture(file)) {
            for (AVFrame frame = reader.next(); frame != null; frame = reader.next()) {
                byte[] row = new byte[frame.width()];
                long at = (long) frame.height() * 5 / 12 * frame.linesize(0);
                frame.data(0).position(at).get(row).position(0);
                shown.add(new Shown(frame.width(), frame.height(), row));
            }
        }
        return shown;
    }
}
