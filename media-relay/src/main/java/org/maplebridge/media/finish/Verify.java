package org.maplebridge.media.finish;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.maplebridge.media.record.file.Verdict;

/// Proves, offline and without any key, that recordings are as they were written: needs nothing but
/// Java.
///
/// Prints a line for each file; ends with 0 when all are sound, with 1 when not, with 2 when it was
/// not understood.
public final class Verify {
    private static final String USAGE =
            """
            Usage: Verify [--chain=HEX] RECORDING …
              --chain=HEX  what the journal says of the one recording named
            """;

    private static final int BUFFER_BYTES = 1 << 20;

    private Verify() {}

    public static void main(String[] words) {
        List<String> files = List.of(words).stream().filter(w -> !w.startsWith("--")).toList();
        String chain =
                List.of(words).stream()
                        .filter(word -> word.startsWith("--chain="))
                        .map(word -> word.substring("--chain=".length()))
                        .findFirst()
                        .orElse("");
        if (files.isEmpty() || !chain.isEmpty() && files.size() > 1) {
            System.err.print(USAGE);
            System.exit(2);
        }
        boolean sound = true;
        for (String file : files) {
            sound &= verify(Path.of(file), chain);
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean verify(Path file, String chain) {
        try {
            Verdict verdict = read(file);
            boolean asTold = chain.isEmpty() || chain.equalsIgnoreCase(verdict.chain());
            System.out.println(file + ": " + words(verdict, asTold));
            return verdict.sound() && asTold;
        } catch (IOException e) {
            System.out.println(file + ": cannot be read: " + e.getMessage());
            return false;
        }
    }

    static Verdict read(Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            return Verdict.of(in);
        }
    }

    private static String words(Verdict verdict, boolean asTold) {
        if (!verdict.sound()) {
            return "DAMAGED at " + verdict.damage();
        }
        String blocks = verdict.blocks() + " blocks, " + verdict.bytes() + " bytes, chain ";
        if (!asTold) {
            return "NOT WHAT THE JOURNAL SAYS: " + blocks + verdict.chain();
        }
        String end =
                verdict.closed()
                        ? "closed"
                        : "never closed, " + verdict.tornBytes() + " bytes of a torn block";
        return "sound, " + end + ": " + blocks + verdict.chain();
    }
}
