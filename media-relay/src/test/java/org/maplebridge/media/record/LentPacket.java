package org.maplebridge.media.record;

import java.util.concurrent.atomic.AtomicInteger;
import org.maplebridge.media.record.file.RecordedFormat;

/// A packet of a made-up picture that counts who holds it.
///
/// Thread: any.
final class LentPacket implements HeldPacket {
    private static final RecordedFormat VP8 =
            new RecordedFormat(RecordedFormat.Codec.VP8, 90_000, 0, "");

    final AtomicInteger held = new AtomicInteger();
    private final long seq;
    private final byte[] payload;

    LentPacket(long seq, int length) {
        this.seq = seq;
        this.payload = new byte[length];
    }

    @Override
    public byte[] payload() {
        return payload;
    }

    @Override
    public int payloadLength() {
        return payload.length;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public int timestamp() {
        return (int) seq * 3_000;
    }

    @Override
    public boolean marker() {
        return true;
    }

    @Override
    public boolean startsKeyFrame() {
        return seq == 0;
    }

    @Override
    public long arrivalNanos() {
        return System.nanoTime();
    }

    @Override
    public RecordedFormat recordedFormat() {
        return VP8;
    }

    @Override
    public void retain() {
        held.incrementAndGet();
    }

    @Override
    public void letGo() {
        held.decrementAndGet();
    }
}
