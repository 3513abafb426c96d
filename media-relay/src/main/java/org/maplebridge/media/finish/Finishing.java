package org.maplebridge.media.finish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.Finisher.Failed;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.finish.ffmpeg.ContactSheet;
import org.maplebridge.media.finish.ffmpeg.Peaks;
import org.maplebridge.media.finish.ffmpeg.PieceWriter;
import org.maplebridge.media.finish.time.Publishers;
import org.maplebridge.media.record.FolderStore;
import org.maplebridge.media.record.file.DamagedRecording;
import org.maplebridge.media.record.file.RecordedFormat.Codec;
import org.maplebridge.media.record.file.UnreadableRecording;

/// Makes one piece, in this process.
///
/// Thread: confined to its caller.
final class Finishing {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// A key frame comes every ten seconds, a report every five, and clocks are smoothed over half
    /// a minute.
    private static final long MARGIN_MILLIS = 40_000;

    private final Finisher.Wish wish;
    private final List<Strand> strands = new ArrayList<>();

    private Finishing(Finisher.Wish wish) {
        this.wish = wish;
    }

    /// @throws Failed when there is no piece
    static Finisher.Piece run(Finisher.Wish wish) throws Failed {
        var finishing = new Finishing(wish);
        try {
            return finishing.piece();
        } catch (DamagedRecording e) {
            throw new Failed("damaged", String.valueOf(e.getMessage()));
        } catch (UnreadableRecording e) {
            throw new Failed("unreadable", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Failed("cannot-write", e.toString());
        } finally {
            finishing.close();
        }
    }

    private Finisher.Piece piece() throws IOException, Failed {
        survey();
        boolean mp4 = strands.stream().anyMatch(strand -> strand.codec() == Codec.H264);
        if (mp4 && strands.stream().anyMatch(strand -> isOfWebm(strand.codec()))) {
            throw new Failed("mixed-codecs", "H.264 goes into MP4, any other picture into WebM");
        }
        long begin = beginNanos();
        Path file = wish.folder().resolve(wish.name() + (mp4 ? ".mp4" : ".webm"));
        Weaver.Result woven;
        Path part = part(file);
        try {
            woven = weave(part, mp4, begin);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        boolean picture = strands.stream().anyMatch(strand -> strand.codec().picture());
        boolean sound = strands.stream().anyMatch(strand -> !strand.codec().picture());
        return new Finisher.Piece(
                file,
                picture ? beside(file, ".jpg", ContactSheet::write) : null,
                sound ? beside(file, ".peaks.json", Peaks::write) : null,
                begin / NANOS_PER_MILLI,
                woven.durationNanos() / NANOS_PER_MILLI,
                woven.framesLeftOut(),
                woven.concealedMillis());
    }

    private static boolean isOfWebm(Codec codec) {
        return codec.picture() && codec != Codec.H264;
    }

    private void survey() throws IOException, Failed {
        var publishers = new Publishers();
        long from = Math.max(0, wish.fromMillis() - MARGIN_MILLIS);
        long to = Math.min(wish.toMillis(), Long.MAX_VALUE - MARGIN_MILLIS) + MARGIN_MILLIS;
        for (Path recording : wish.recordings()) {
            strands.add(new Strand(recording, this::key, from, to, publishers));
        }
        for (Strand strand : strands) {
            strand.survey();
        }
        strands.removeIf(Strand::empty);
        strands.forEach(Strand::settle);
        if (strands.isEmpty()) {
            throw new Failed("nothing-there", "no recording holds anything of that time");
        }
    }

    private @Nullable RecordingKey key(String name) {
        return wish.keys().stream().filter(key -> key.name().equals(name)).findFirst().orElse(null);
    }

    /// With the earliest key frame that is needed; where there are only voices, as wished.
    private long beginNanos() {
        long wanted = wish.fromMillis() * NANOS_PER_MILLI;
        boolean picture = strands.stream().anyMatch(strand -> strand.codec().picture());
        return strands.stream()
                .filter(strand -> strand.codec().picture() == picture)
                .mapToLong(strand -> strand.beginNanos(wanted))
                .min()
                .orElseThrow();
    }

    private Weaver.Result weave(Path part, boolean mp4, long begin) throws IOException, Failed {
        long most = Long.MAX_VALUE / NANOS_PER_MILLI;
        long end = wish.toMillis() >= most ? Long.MAX_VALUE : wish.toMillis() * NANOS_PER_MILLI;
        try (var writer = new PieceWriter(part, mp4)) {
            return new Weaver(writer, begin, end).weave(strands);
        }
    }

    /// Made before FFmpeg writes it, so that it is this account's alone.
    private static Path part(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        return Files.createFile(part, FolderStore.own("rw-------"));
    }

    @FunctionalInterface
    private interface Maker {
        void make(Path piece, Path file) throws IOException;
    }

    private Path beside(Path piece, String ending, Maker maker) throws IOException {
        Path file = wish.folder().resolve(wish.name() + ending);
        Path part = part(file);
        try {
            maker.make(piece, part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }

    private void close() {
        for (Strand strand : strands) {
            try {
                strand.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
