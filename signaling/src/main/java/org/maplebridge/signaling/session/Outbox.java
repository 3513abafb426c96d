package org.maplebridge.signaling.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.protocol.ServerMessage;

/// What was said to one client and is not acknowledged yet, numbered without gaps.
///
/// Pure. Thread: guarded by its [Delivery].
final class Outbox {
    private record Line(long seq, String text) {}

    private final Codec codec;
    private final int maxLines;
    private final long maxChars;

    /// Gapless, oldest first: the line of `seq` stands `seq - first` behind the head.
    private final ArrayDeque<Line> written = new ArrayDeque<>();

    private final ArrayDeque<Line> unwritten = new ArrayDeque<>();
    private long nextSeq = 1;
    private long chars;

    Outbox(Codec codec, int maxLines, long maxChars) {
        this.codec = codec;
        this.maxLines = maxLines;
        this.maxChars = maxChars;
    }

    void add(ServerMessage message) {
        var line = new Line(nextSeq, codec.encode(nextSeq, message));
        nextSeq++;
        chars += line.text().length();
        unwritten.add(line);
    }

    /// @return the oldest line that has not been written to the present connection
    @Nullable String nextToWrite() {
        @Nullable Line line = unwritten.poll();
        if (line == null) {
            return null;
        }
        written.add(line);
        return line.text();
    }

    /// @return false when the client acknowledges what it was never sent
    boolean acknowledge(long seq) {
        long lastWritten = nextSeq - 1 - unwritten.size();
        if (seq > lastWritten) {
            return false;
        }
        while (!written.isEmpty() && written.element().seq() <= seq) {
            chars -= written.remove().text().length();
        }
        return true;
    }

    /// Makes everything after `lastSeq` unwritten again, for a new connection.
    ///
    /// @return false when that is no longer known, or was never said
    boolean rewindTo(long lastSeq) {
        long oldest = nextSeq - written.size() - unwritten.size();
        if (lastSeq < oldest - 1 || lastSeq >= nextSeq) {
            return false;
        }
        while (!written.isEmpty() && written.getLast().seq() > lastSeq) {
            unwritten.addFirst(written.removeLast());
        }
        while (!unwritten.isEmpty() && unwritten.element().seq() <= lastSeq) {
            written.add(unwritten.remove());
        }
        return acknowledge(lastSeq);
    }

    boolean isOverfull() {
        return written.size() + unwritten.size() > maxLines || chars > maxChars;
    }

    int size() {
        return written.size() + unwritten.size();
    }
}
