package org.maplebridge.media.finish;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.record.file.RecordedFormat;
import org.maplebridge.media.record.file.RecordedFormat.Codec;
import org.maplebridge.media.record.file.RecordingWriter;

/// A recording of one stream without loss, as a relay would have written it.
///
/// Thread: confined to its test.
final class MadeRecording implements AutoCloseable {
    static final RecordingKey KEY = new RecordingKey("test", new byte[32]);
    static final long BEGAN_MILLIS = 1_760_000_000_000L;
    private static final long BLOCK_NANOS = 400_000_000L;
    private static final long NTP_ERA_SECONDS = 2_208_988_800L;

    private final RecordingWriter writer;
    private final OutputStream out;
    private final RecordedFormat format;
    private final Random random = new Random(3);
    private long seq;
    private boolean torn;

    MadeRecording(Path file, Codec codec) throws IOException, GeneralSecurityException {
        writer = new RecordingWriter(KEY, "source", BEGAN_MILLIS, this::bytes);
        out = Files.newOutputStream(file);
        format = new RecordedFormat(codec, codec.picture() ? 90_000 : 48_000, 0, "");
        put(writer.head());
        writer.stretch("publisher");
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    /// @param nanos since the beginning, on the relay's clock
    void frame(long nanos, boolean key, List<byte[]> payloads) throws IOException {
        for (int i = 0; i < payloads.size(); i++) {
            boolean last = i == payloads.size() - 1;
            byte[] payload = payloads.get(i);
            int timestamp = timestamp(nanos);
            writer.packet(
                    format, seq++, timestamp, last, key && i == 0, nanos, payload, payload.length);
        }
        if (nanos - writer.firstArrivalNanos() > BLOCK_NANOS) {
            put(writer.seal(wall(writer.firstArrivalNanos()), nanos, false));
        }
    }

    /// A report that says that the publisher's clock is two years behind.
    void report(long nanos) {
        long theirs = (BEGAN_MILLIS - 63_000_000_000L) * 1_000_000 + nanos;
        long seconds = theirs / 1_000_000_000L + NTP_ERA_SECONDS;
        long fraction = (theirs % 1_000_000_000L << 32) / 1_000_000_000L;
        writer.report(nanos, seconds << 32 | fraction, timestamp(nanos));
    }

    private int timestamp(long nanos) {
        return (int) (nanos * (format.clockRate() / 1_000) / 1_000_000) - 1_000;
    }

    private static long wall(long nanos) {
        return BEGAN_MILLIS + nanos / 1_000_000;
    }

    private void put(ByteBuffer bytes) {
        try {
            out.write(bytes.array(), bytes.position(), bytes.remaining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last block gets half of the way to the disk.
    void tear() throws IOException {
        torn = true;
        ByteBuffer block = writer.seal(0, 0, false);
        out.write(block.array(), block.position(), block.remaining() / 2);
        out.close();
    }

    @Override
    public void close() throws IOException {
        if (!torn) {
            put(writer.seal(wall(writer.open() ? writer.firstArrivalNanos() : 0), 0, true));
            out.close();
        }
    }
}
