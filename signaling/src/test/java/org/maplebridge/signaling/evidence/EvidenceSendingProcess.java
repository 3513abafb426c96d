package org.maplebridge.signaling.evidence;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.maplebridge.dispatch.evidence.Claim;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.security.Secrets;

/// A process of its own that takes pictures in pieces from four threads until it is killed, and
/// prints the id of each one that was acknowledged.
final class EvidenceSendingProcess {
    private static final int PIECE_BYTES = 3_000;
    private static final byte[] HEAD =
            "\u00ff\u00d8\u00ff\u00c0\0\u000b\b\0\u0010\0\u0010\1\1\u0011\0"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private EvidenceSendingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var data = Path.of(arguments[0]);
        var desk = desk(JdbcRecord.open(JdbcSettings.embedded(data)), data);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                String prefix = "round" + arguments[1] + "-thread" + thread + "-";
                threads.submit(() -> sendForEver(desk, prefix));
            }
        }
    }

    static UploadDesk desk(RecordStores record, Path data) throws Exception {
        return new UploadDesk(
                record.evidence(),
                new EvidenceFiles(data.resolve("evidence")),
                new Holders(false, Optional::empty, List::of),
                new UploadDesk.Limits(Duration.ofDays(1), Long.MAX_VALUE, 0),
                new Secrets(),
                _ -> {},
                InstantSource.system());
    }

    private static Void sendForEver(UploadDesk desk, String prefix) throws Exception {
        PrintStream out = System.out;
        for (int i = 0; ; i++) {
            byte[] file = picture(prefix + i);
            var user = new UserId(prefix + i);
            var begun =
                    (Uploading.At)
                            desk.begin(
                                    new Claim.Said("image/jpeg", file.length, hash(file), null),
                                    new Evidence.About(null, new OrderId(prefix + i), null),
                                    new Evidence.Sender(user, null, user.value()));
            Uploading at = begun;
            for (int from = 0; from < file.length; from += PIECE_BYTES) {
                byte[] piece =
                        Arrays.copyOfRange(file, from, Math.min(file.length, from + PIECE_BYTES));
                at =
                        desk.append(
                                begun.evidence(),
                                new Uploading.Piece(
                                        from,
                                        new ByteArrayInputStream(piece),
                                        piece.length,
                                        Checksum.none()));
            }
            if (at instanceof Uploading.At done && done.evidence().hasArrived()) {
                out.println("acknowledged " + begun.evidence().id() + ".");
                out.flush();
            }
        }
    }

    private static byte[] picture(String name) {
        byte[] file = Arrays.copyOf(HEAD, 8_000);
        byte[] words = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(words, 0, file, 1_000, words.length);
        return file;
    }

    static String hash(byte[] file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    }
}
