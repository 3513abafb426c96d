package org.maplebridge.media.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.Finisher.Failed;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.finish.ffmpeg.Encoder;
import org.maplebridge.media.finish.ffmpeg.PieceReader;
import org.maplebridge.media.record.file.RecordedFormat.Codec;

class FinishingTest {
    private static final long MILLI = 1_000_000L;
    private static final long FRAME_NANOS = 40 * MILLI;
    private static final int KEY_FRAMES_EVERY = 50; // 2 s
    private static final int SECONDS = 12;

    @TempDir private Path folder;

    @Test
    void pictureAndVoiceBecomeAWebmThatBeginsWithAKeyFrame() throws Exception {
        Path picture = picture("camera.rec", Codec.VP8, false);
        Path voice = voice("microphone.rec");
        var piece = Finishing.run(wish(List.of(picture, voice), 5_100, 9_000));

        assertThat(piece.file()).hasFileName("piece.webm");
        assertThat(piece.beganMillis()).isEqualTo(MadeRecording.BEGAN_MILLIS + 4_000);
        assertThat(piece.durationMillis()).isBetween(4_950L, 5_000L);
        assertThat(piece.framesLeftOut()).isZero();
        assertThat(piece.concealedMillis()).isZero();
        List<Long> pictures = pictures(piece.file());
        assertThat(pictures.getFirst()).isZero();
        assertThat(pictures).hasSize(126);
        assertThat(pictures.getLast()).isEqualTo(5_000 * MILLI);
        assertSheetAndPeaks(piece);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(piece.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void h264BecomesAnMp4() throws Exception {
        Path picture = picture("camera.rec", Codec.H264, false);
        Path voice = voice("microphone.rec");
        var piece = Finishing.run(wish(List.of(voice, picture), 0, Long.MAX_VALUE / 2));

        assertThat(piece.file()).hasFileName("piece.mp4");
        assertThat(pictures(piece.file())).hasSize(SECONDS * 25);
        assertSheetAndPeaks(piece);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP9", "AV1"})
    void vp9AndAv1BecomeAWebm(Codec codec) throws Exception {
        Path picture = picture("camera.rec", codec, false);
        Path voice = voice("microphone.rec");
        var piece = Finishing.run(wish(List.of(picture, voice), 5_100, 9_000));

        assertThat(piece.file()).hasFileName("piece.webm");
        assertThat(piece.beganMillis()).isEqualTo(MadeRecording.BEGAN_MILLIS + 4_000);
        assertThat(piece.framesLeftOut()).isZero();
        List<Long> pictures = pictures(piece.file());
        assertThat(pictures).hasSize(126);
        assertThat(pictures.getLast()).isEqualTo(5_000 * MILLI);
        assertSheetAndPeaks(piece);
    }

    @Test
    void whatAKilledNodeLeftPlaysToItsEnd() throws Exception {
        Path picture = picture("camera.rec", Codec.VP8, true);
        var piece = Finishing.run(wish(List.of(picture), 0, Long.MAX_VALUE / 2));
        assertThat(piece.durationMillis()).isBetween(11_400L, 11_999L);
        assertThat(piece.peaks()).isNull();
    }

    @Test
    void voicesAloneBeginWhereWished() throws Exception {
        var piece = Finishing.run(wish(List.of(voice("microphone.rec")), 3_000, 4_000));
        assertThat(piece.beganMillis()).isEqualTo(MadeRecording.BEGAN_MILLIS + 3_000);
        assertThat(piece.durationMillis()).isBetween(980L, 1_000L);
        assertThat(piece.sheet()).isNull();
    }

    @Test
    void whatCannotBeFinishedIsRefusedByName() throws Exception {
        Path vp8 = picture("vp8.rec", Codec.VP8, false);
        Path h264 = picture("h264.rec", Codec.H264, false);
        assertCode("mixed-codecs", wish(List.of(vp8, h264), 0, 20_000));
        Path vp9 = picture("vp9.rec", Codec.VP9, false);
        assertCode("mixed-codecs", wish(List.of(h264, vp9), 0, 20_000));
        assertCode("nothing-there", wish(List.of(vp8), 3_600_000, 3_700_000));
        assertCode("unreadable", keyless(vp8));
        Path other = Files.writeString(folder.resolve("other"), "no recording");
        assertCode("unreadable", wish(List.of(other), 0, 20_000));

        byte[] bytes = Files.readAllBytes(vp8);
        bytes[bytes.length / 2] ^= 1;
        Path changed = Files.write(folder.resolve("changed.rec"), bytes);
        assertCode("damaged", wish(List.of(changed), 0, 20_000));
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("piece"));
        }
    }

    @Test
    void itRunsInAProcessOfItsOwn() throws Exception {
        Path picture = picture("camera.rec", Codec.VP8, false);
        var finisher = new FinisherProcess(scratch(), 2, 1);
        var piece = finisher.finish(wish(List.of(picture), 0, 20_000)).get(120, TimeUnit.SECONDS);
        assertThat(pictures(piece.file())).hasSize(SECONDS * 25);

        var proof = finisher.prove(picture);
        assertThat(proof.closed()).isTrue();
        assertThat(proof.bytes()).isEqualTo(Files.size(picture));
        assertThat(proof.beganMillis()).isEqualTo(MadeRecording.BEGAN_MILLIS);
        assertThat(proof.endedMillis())
                .isBetween(proof.beganMillis() + 11_000, piece.beganMillis() + 12_000);

        var failed = finisher.finish(keyless(picture));
        assertThatThrownBy(() -> failed.get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(Failed.class)
                .hasMessageContaining("'test'");
    }

    /// Where the libraries were unpacked for this test already.
    private static Path scratch() throws IOException {
        return org.bytedeco.javacpp.Loader.getCacheDir().toPath();
    }

    private void assertCode(String code, Finisher.Wish wish) {
        assertThatThrownBy(() -> Finishing.run(wish))
                .isInstanceOf(Failed.class)
                .extracting(failure -> ((Failed) failure).code())
                .isEqualTo(code);
    }

    private Finisher.Wish keyless(Path recording) {
        var wish = wish(List.of(recording), 0, 20_000);
        return new Finisher.Wish(
                wish.recordings(), List.of(), folder, "piece", wish.fromMillis(), wish.toMillis());
    }

    private Finisher.Wish wish(List<Path> recordings, long fromMillis, long toMillis) {
        List<RecordingKey> keys = List.of(MadeRecording.KEY);
        return new Finisher.Wish(
                recordings,
                keys,
                folder,
                "piece",
                MadeRecording.BEGAN_MILLIS + fromMillis,
                MadeRecording.BEGAN_MILLIS + toMillis);
    }

    private void assertSheetAndPeaks(Finisher.Piece piece) throws IOException {
        var sheet = ImageIO.read(Objects.requireNonNull(piece.sheet()).toFile());
        assertThat(sheet.getWidth()).isEqualTo(1_280);
        assertThat(sheet.getHeight()).isEqualTo(540);
        assertThat(sheet.getRGB(160, 90) & 0xff).isBetween(100, 255);
        String peaks = Files.readString(Objects.requireNonNull(piece.peaks()));
        assertThat(peaks).startsWith("{\"perSecond\":20,\"peaks\":[").endsWith("]}");
        String[] levels =
                peaks.substring(peaks.indexOf('[') + 1, peaks.indexOf(']')).split(",", -1);
        long loud = List.of(levels).stream().filter(level -> Integer.parseInt(level) > 60).count();
        assertThat(loud).isGreaterThan(levels.length / 2);
    }

    private static List<Long> pictures(Path piece) throws IOException {
        var moments = new ArrayList<Long>();
        try (var reader = PieceReader.picture(piece)) {
            for (AVFrame frame = reader.next(); frame != null; frame = reader.next()) {
                assertThat(frame.width()).isEqualTo(160);
                moments.add(reader.atNanos(frame));
            }
        }
        return moments;
    }

    private Path picture(String name, Codec codec, boolean torn)
            throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name);
        try (var made = new MadeRecording(file, codec);
                var encoder = encoder(codec)) {
            for (int i = 0; i < SECONDS * 25; i++) {
                boolean key = i % KEY_FRAMES_EVERY == 0;
                byte[] picture = encoder.picture(200, key);
                made.frame(i * FRAME_NANOS, key, payloads(codec, i, key, picture));
                if (i % 25 == 3) {
                    made.report(i * FRAME_NANOS);
                }
            }
            if (torn) {
                made.tear();
            }
        }
        return file;
    }

    private static Encoder encoder(Codec codec) throws IOException {
        return switch (codec) {
            case VP8 -> Encoder.vp8(160, 120, 25);
            case H264 -> Encoder.h264(160, 120, 25);
            case VP9 -> Encoder.vp9(160, 120, 25);
            case AV1 -> Encoder.av1(160, 120, 25);
            case OPUS -> throw new IllegalArgumentException("no picture");
        };
    }

    private static List<byte[]> payloads(Codec codec, int number, boolean key, byte[] picture) {
        return switch (codec) {
            case VP8 -> Payloads.vp8(picture);
            case H264 -> Payloads.h264(picture);
            case VP9 -> ScalablePayloads.vp9(number, key, picture);
            case AV1 -> ScalablePayloads.av1(key, picture);
            case OPUS -> throw new IllegalArgumentException("no picture");
        };
    }

    private Path voice(String name) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name);
        try (var made = new MadeRecording(file, Codec.OPUS);
                var encoder = Encoder.opus()) {
            for (int i = 0; i < SECONDS * 50; i++) {
                short[] samples = new short[Encoder.SAMPLES];
                for (int s = 0; s < samples.length; s++) {
                    double t = (i * 960.0 + s) / 48_000;
                    samples[s] = (short) (12_000 * Math.sin(2 * Math.PI * 500 * t));
                }
                made.frame(i * 20 * MILLI, false, List.of(encoder.sound(samples)));
                if (i % 250 == 7) {
                    made.report(i * 20 * MILLI);
                }
            }
        }
        return file;
    }
}
