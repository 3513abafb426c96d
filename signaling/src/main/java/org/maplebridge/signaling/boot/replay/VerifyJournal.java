package org.maplebridge.signaling.boot.replay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.seal.Fault;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.seal.SealStore;
import org.maplebridge.signaling.replay.chain.JournalCheck;
import org.slf4j.LoggerFactory;

/// Goes through the sealed journal of a database while no node runs, as of a backup that was put
/// somewhere.
///
/// Prints what is not as it was sealed; ends with 0 when all is, with 1 when not, with 2 when it
/// was not understood or the database does not open.
public final class VerifyJournal {
    private static final String USAGE =
            """
            Usage: VerifyJournal --data=FOLDER | --database=URL [--key=FINGERPRINT …] [--kept=NUMBER:HASH]
              --data=FOLDER         of a node that is stopped, or of a copy
              --database=URL        of PostgreSQL, with ?user=… and &password=…
              --key=FINGERPRINT     of a node that may seal; without, any key
              --kept=NUMBER:HASH    of a block that was written down
            """;

    private VerifyJournal() {}

    public static void main(String[] words) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        List<String> data = values(words, "--data=");
        List<String> database = values(words, "--database=");
        List<String> keys = values(words, "--key=");
        List<String> kept = values(words, "--kept=");
        int understood = data.size() + database.size() + keys.size() + kept.size();
        boolean one = data.size() + database.size() == 1 && kept.size() <= 1;
        if (!one || understood != words.length || !kept.stream().allMatch(VerifyJournal::isKept)) {
            System.err.print(USAGE);
            System.exit(2);
        }
        var settings =
                data.isEmpty()
                        ? JdbcSettings.of(database.getFirst())
                        : JdbcSettings.embedded(Path.of(data.getFirst()));
        try (var record = JdbcRecord.open(settings)) {
            boolean right = verify(record.seals(), Set.copyOf(lower(keys)), kept(kept), System.out);
            System.exit(right ? 0 : 1);
        } catch (RecordUnavailable e) {
            System.err.println(e.getMessage() + ": " + e.getCause());
            System.exit(2);
        }
    }

    private static List<String> values(String[] words, String option) {
        return List.of(words).stream()
                .filter(word -> word.startsWith(option))
                .map(word -> word.substring(option.length()))
                .toList();
    }

    private static List<String> lower(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    private static boolean isKept(String word) {
        return word.matches("[0-9]{1,18}:[0-9a-fA-F]{64}");
    }

    private static JournalCheck.@Nullable Kept kept(List<String> words) {
        if (words.isEmpty()) {
            return null;
        }
        String[] parts = words.getFirst().toLowerCase(Locale.ROOT).split(":", 2);
        return new JournalCheck.Kept(Long.parseLong(parts[0]), parts[1]);
    }

    /// @param known fingerprints of keys that may seal; empty when nobody named them
    static boolean verify(
            SealStore seals, Set<String> known, JournalCheck.@Nullable Kept kept, PrintStream out)
            throws RecordUnavailable {
        var check = new JournalCheck(seals, InstantSource.system());
        var keys = new TreeSet<String>();
        var faults = new ArrayList<Fault>();
        long entries = 0;
        long blocks = 0;
        @Nullable Long from = 1L;
        while (from != null) {
            var step = check.step(from, known, kept);
            step.faults().forEach(fault -> out.println("WRONG  " + words(fault)));
            faults.addAll(step.faults());
            keys.addAll(step.keys());
            entries += step.entries();
            blocks = step.until();
            from = step.next();
        }
        keys.forEach(key -> out.println("       sealed by key " + key));
        seals.head()
                .ifPresent(head ->
                        out.println("       newest block " + head.number() + ":" + head.hash()));
        out.println("       " + entries + " entries in " + blocks + " blocks");
        out.println(faults.isEmpty() ? "OK     all is as it was sealed" : "NOT AS IT WAS SEALED");
        return faults.isEmpty();
    }

    private static String words(Fault fault) {
        String block = "block " + fault.block();
        String entry = "entry " + fault.sequence() + " of " + block;
        return switch (fault.kind()) {
            case BLOCK_MISSING -> block + " is missing";
            case CHAIN_BROKEN -> block + " does not go on from the block before";
            case SIGNATURE_WRONG -> block + ": its signature does not fit its head";
            case KEY_UNKNOWN -> block + " is sealed by a key that was not named";
            case NOT_AS_KEPT -> block + " is another one than was written down";
            case ENTRY_CHANGED -> entry + " was changed";
            case ENTRY_REMOVED -> entry + " was removed";
            case ENTRY_ADDED -> entry + " was added long after its neighbours";
            case LEAF_REMOVED ->
                    fault.sequence() == null
                            ? "what was noted of the first entries of " + block + " is gone"
                            : "what was noted after " + entry + " is gone";
            case LEAF_MOVED -> entry + " was moved";
            case ROOT_WRONG -> block + ": an entry was changed together with its hash";
            case HEAD_WRONG -> block + ": its head does not say what its entries say";
        };
    }
}
