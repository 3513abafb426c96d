package org.maplebridge.media.finish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.maplebridge.media.finish.ffmpeg.Encoder;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.simulation.Compound;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.SimulatedNetwork.Way;

/// A terminal that shows white and beeps at once for 0.4 s in every ten, with clocks that run off:
/// the camera's, the microphone's and the wall clock each by its own rate. Sends lost pictures
/// again; lost sounds stay lost.
///
/// Thread: the test's.
final class FlashAndBeep implements RtcpVisitor, AutoCloseable {
    static final int PICTURES_PER_SECOND = 30;
    static final int CAMERA = 100;
    static final int CAMERA_AGAIN = 101;
    static final int MICROPHONE = 102;

    /// Of true time; the differences are those of bad crystals.
    private static final double CAMERA_RATE = 90_000 * (1 + 80e-6);

    private static final double MICROPHONE_RATE = 48_000 * (1 - 120e-6);
    private static final double WALL_RATE = 1 + 50e-6;

    private static final long PERIOD_NANOS = 10_000_000_000L;
    private static final long FROM_NANOS = 5_000_000_000L;
    private static final long TO_NANOS = 5_400_000_000L;
    private static final int TONE_HERTZ = 1_000;
    private static final int REPORT_JITTER_NANOS = 2_000_000;

    private final Way up;
    private final Encoder camera = Encoder.vp8(64, 48, PICTURES_PER_SECOND);
    private final Encoder microphone = Encoder.opus();
    private final SplittableRandom random = new SplittableRandom(11);
    private final Map<Integer, RtpBytes> sent = new HashMap<>();
    private final long startNanos;
    private long picture;
    private long sound;
    private int pictureSeq;
    private int repeatSeq;
    private long pictureReports;
    private long soundReports;
    private boolean keyWanted = true;

    FlashAndBeep(Way up, long startNanos) throws IOException {
        this.up = up;
        this.startNanos = startNanos;
    }

    private static boolean on(double nanos) {
        double within = nanos % PERIOD_NANOS;
        return within >= FROM_NANOS && within < TO_NANOS;
    }

    void tick(long nowNanos) throws IOException {
        long elapsed = nowNanos - startNanos;
        while (picture * 1_000_000_000L / PICTURES_PER_SECOND <= elapsed) {
            show(picture * 1_000_000_000L / PICTURES_PER_SECOND);
            picture++;
        }
        // A sound is sent when its last sample is there.
        while ((sound + 1) * Encoder.SAMPLES / MICROPHONE_RATE * 1e9 <= elapsed) {
            say();
            sound++;
        }
        if (elapsed >= 300_000_000L + pictureReports * 1_000_000_000L) {
            pictureReports++;
            report(CAMERA, elapsed, CAMERA_RATE);
        }
        if (elapsed >= 700_000_000L + soundReports * 5_000_000_000L) {
            soundReports++;
            report(MICROPHONE, elapsed, MICROPHONE_RATE);
        }
    }

    private void show(long atNanos) throws IOException {
        byte[] encoded = camera.picture(on(atNanos) ? 235 : 16, keyWanted);
        keyWanted = false;
        List<byte[]> payloads = Payloads.vp8(encoded);
        int timestamp = (int) (long) (atNanos / 1e9 * CAMERA_RATE);
        for (int i = 0; i < payloads.size(); i++) {
            boolean last = i == payloads.size() - 1;
            int seq = pictureSeq++ & 0xffff;
            var packet = new RtpBytes(96, last, seq, timestamp, CAMERA, Map.of(), payloads.get(i));
            sent.put(seq, packet);
            up.send(packet.toBytes());
        }
    }

    private void say() throws IOException {
        short[] samples = new short[Encoder.SAMPLES];
        for (int i = 0; i < samples.length; i++) {
            double seconds = (sound * Encoder.SAMPLES + i) / MICROPHONE_RATE;
            if (on(seconds * 1e9)) {
                samples[i] = (short) (14_000 * Math.sin(2 * Math.PI * TONE_HERTZ * seconds));
            }
        }
        byte[] encoded = microphone.sound(samples);
        int timestamp = (int) (sound * Encoder.SAMPLES);
        int seq = (int) sound & 0xffff;
        up.send(new RtpBytes(111, false, seq, timestamp, MICROPHONE, Map.of(), encoded).toBytes());
    }

    private void report(int ssrc, long elapsed, double rate) {
        long theirs = 1_000_000_000_000_000L + (long) (elapsed * WALL_RATE);
        long seconds = theirs / 1_000_000_000L + 2_208_988_800L;
        long fraction = (theirs % 1_000_000_000L << 32) / 1_000_000_000L;
        long noisy = elapsed + random.nextLong(-REPORT_JITTER_NANOS, REPORT_JITTER_NANOS);
        up.send(
                Compound.of(writer -> {
                    writer.senderReport(
                            ssrc,
                            seconds << 32 | fraction,
                            (int) (long) (noisy / 1e9 * rate),
                            0,
                            0);
                    writer.cname(ssrc, new byte[] {'p'});
                }));
    }

    void hear(byte[] datagram) {
        if (Compound.is(datagram)) {
            RtcpReader.read(datagram, 0, datagram.length, this);
        }
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {
        for (int i = 0; mediaSsrc == CAMERA && i <= 16; i++) {
            RtpBytes packet = sent.get(firstSeq16 + i & 0xffff);
            if (packet != null && (i == 0 || (bitmask >> i - 1 & 1) != 0)) {
                repeat(packet, firstSeq16 + i & 0xffff);
            }
        }
    }

    private void repeat(RtpBytes packet, int seq) {
        byte[] payload =
                ByteBuffer.allocate(packet.payload().length + 2)
                        .putShort((short) seq)
                        .put(packet.payload())
                        .array();
        up.send(
                new RtpBytes(
                                97,
                                packet.marker(),
                                repeatSeq++ & 0xffff,
                                packet.timestamp(),
                                CAMERA_AGAIN,
                                Map.of(),
                                payload)
                        .toBytes());
    }

    @Override
    public void pictureLoss(int senderSsrc, int mediaSsrc) {
        keyWanted |= mediaSsrc == CAMERA;
    }

    @Override
    public void close() {
        camera.close();
        microphone.close();
    }
}
