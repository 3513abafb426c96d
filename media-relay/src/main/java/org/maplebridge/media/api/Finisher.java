package org.maplebridge.media.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Makes files that any browser plays out of recordings, in a process of its own: whatever it meets
/// in there cannot hurt this one. And proves recordings.
public interface Finisher {
    /// @param recordings whose files go into one piece, each as a track; one that still grows is
    ///   taken as far as it is written
    /// @param keys the master keys that open them
    /// @param folder where the piece goes; must be there
    /// @param name of its files without ending
    /// @param fromMillis nothing before is wanted; pictures begin with the key frame before it
    /// @param toMillis nothing after is wanted; [Long#MAX_VALUE] for all
    record Wish(
            List<Path> recordings,
            List<RecordingKey> keys,
            Path folder,
            String name,
            long fromMillis,
            long toMillis) {
        public Wish {
            recordings = List.copyOf(recordings);
            keys = List.copyOf(keys);
        }
    }

    /// @param file WebM, or MP4 where a picture is H.264
    /// @param sheet pictures of it side by side as JPEG; null without a picture
    /// @param peaks how loud it is when as JSON; null without sound
    /// @param beganMillis the wall clock at the piece's beginning
    /// @param framesLeftOut pictures that lack a part, and those before the first key frame; of VP9
    ///   and AV1 also those between such a picture and the next key frame
    /// @param concealedMillis sound that is missing and was concealed
    record Piece(
            Path file,
            @Nullable Path sheet,
            @Nullable Path peaks,
            long beganMillis,
            long durationMillis,
            long framesLeftOut,
            long concealedMillis) {}

    /// What a recording's own hashes say; found without any key.
    ///
    /// @param sound whether every block is as it was written
    /// @param closed whether it ends as its writer meant it to; else a killed node left it so, or
    ///   it still grows, or blocks were cut off
    /// @param beganMillis when its first packet came, since 1970; 0 when it holds none
    /// @param endedMillis when its last half second began
    /// @param bytes that are sound, from the first on
    /// @param chain the last sound hash, as [RelayEvent.RecordingEnded] tells it
    /// @param damage which block at which byte is wrong and how; null when none is
    record Proof(
            boolean sound,
            boolean closed,
            long beganMillis,
            long endedMillis,
            long bytes,
            String chain,
            @Nullable String damage) {}

    /// Why there is no piece.
    final class Failed extends Exception {
        private final String code;

        /// @param code `nothing-there`, `unreadable`, `damaged`, `mixed-codecs`, `cannot-write` or
        ///   `broke-off`
        public Failed(String code, String message) {
            super(message);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /// Completes with the piece, or exceptionally with [Failed].
    CompletableFuture<Piece> finish(Wish wish);

    /// Reads all of a recording on the caller's thread.
    ///
    /// @throws IOException when it cannot be read
    Proof prove(Path recording) throws IOException;
}
