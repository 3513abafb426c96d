package org.maplebridge.load.client.pattern;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.maplebridge.media.finish.Payloads;
import org.maplebridge.media.finish.ffmpeg.Encoder;

/// A camera whose pictures can be decoded: small ones, by a real encoder.
///
/// Thread: its terminal's.
public final class CameraPattern implements MediaPattern, AutoCloseable {
    public static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int CLOCK_RATE = 90_000;
    private static final int LUMA = 180;

    private final Encoder encoder;

    public CameraPattern() throws IOException {
        encoder = Encoder.vp8(WIDTH, HEIGHT, FRAMES_PER_SECOND);
    }

    @Override
    public List<Packet> nextFrame(boolean keyFrame) {
        var packets = new ArrayList<Packet>();
        try {
            List<byte[]> payloads = Payloads.vp8(encoder.picture(LUMA, keyFrame));
            for (int i = 0; i < payloads.size(); i++) {
                byte[] payload = payloads.get(i);
                boolean last = i == payloads.size() - 1;
                packets.add(new Packet(0, payload.length, last, payload));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packets;
    }

    @Override
    public long frameIntervalNanos() {
        return 1_000_000_000L / FRAMES_PER_SECOND;
    }

    @Override
    public int timestampStep() {
        return CLOCK_RATE / FRAMES_PER_SECOND;
    }

    @Override
    public boolean video() {
        return true;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
