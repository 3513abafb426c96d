package org.maplebridge.media.finish;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.RecordingKey;

/// The finisher's process. Also for people: recordings in, files that any browser plays out.
///
/// Master keys come as lines on standard input, so that no list of processes shows them. The last
/// line it prints is `ok` or `failed`, tab, and what there is to tell.
public final class Finish {
    private static final String USAGE =
            """
            Usage: Finish --out=FOLDER --name=NAME [--from=MILLIS] [--to=MILLIS] RECORDING …
            Reads master keys from standard input, one a line: NAME HEX
            """;

    private Finish() {}

    public static void main(String[] words) throws IOException {
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever a library prints must not get between
        Finisher.Wish wish;
        try {
            wish = wish(List.of(words));
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(wish, answers));
    }

    private static int run(Finisher.Wish wish, PrintStream answers) {
        try {
            answers.println("ok\t" + PieceLine.write(Finishing.run(wish)));
            return 0;
        } catch (Finisher.Failed e) {
            answers.println("failed\t" + e.code() + "\t" + e.getMessage());
            return 1;
        }
    }

    private static Finisher.Wish wish(List<String> words) throws IOException {
        var recordings = new ArrayList<Path>();
        words.stream()
                .filter(word -> !word.startsWith("--"))
                .map(Path::of)
                .forEach(recordings::add);
        if (recordings.isEmpty()) {
            throw new IllegalArgumentException("no recording is named");
        }
        return new Finisher.Wish(
                recordings,
                keys(),
                Path.of(option(words, "--out=", "")),
                option(words, "--name=", "piece"),
                Long.parseLong(option(words, "--from=", "0")),
                Long.parseLong(option(words, "--to=", Long.toString(Long.MAX_VALUE))));
    }

    private static List<RecordingKey> keys() throws IOException {
        var keys = new ArrayList<RecordingKey>();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int space = line.lastIndexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("a key is NAME HEX");
            }
            keys.add(
                    new RecordingKey(
                            line.substring(0, space),
                            HexFormat.of().parseHex(line.substring(space + 1).strip())));
        }
        return keys;
    }

    private static String option(List<String> words, String prefix, String otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()))
                .findFirst()
                .orElse(otherwise);
    }
}
