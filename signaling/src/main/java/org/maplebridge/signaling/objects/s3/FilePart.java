package org.maplebridge.signaling.objects.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// So many bytes of a file from a place on; the library asks for them anew when it tries again.
///
/// Thread: its reader's.
final class FilePart extends InputStream {
    private final FileChannel file;
    private long at;
    private final long until;

    private FilePart(FileChannel file, long at, long length) {
        this.file = file;
        this.at = at;
        this.until = at + length;
    }

    static FilePart open(Path file, long at, long length) {
        try {
            return new FilePart(FileChannel.open(file), at, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        int wanted = (int) Math.min(most, until - at);
        int got = wanted == 0 ? -1 : file.read(ByteBuffer.wrap(into, from, wanted), at);
        at += Math.max(0, got);
        return got;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, until - at);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
