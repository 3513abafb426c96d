package org.maplebridge.signaling.http.replay;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.seal.Fault;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.replay.chain.JournalCheck;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The chain of the journal's sealed blocks: its newest head, to be kept elsewhere, and whether it
/// is as it was sealed.
@RestController
public class JournalSealController {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern KEPT = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");
    private static final int MOST_KEYS = 20;

    /// @param hash of the whole head: what is kept on paper, with its number
    /// @param entries how many entries this and all blocks before have
    /// @param key fingerprint of the key that signed it
    public record Head(long number, String hash, Instant at, long entries, String key) {}

    /// @param head absent as long as nothing was sealed
    public record Newest(@Nullable Head head) {}

    /// @param kind such as `entryChanged` or `blockMissing`
    public record Wrong(String kind, long block, @Nullable Long entry) {}

    /// @param until last block that was looked at
    /// @param entries how many of their entries were looked at
    /// @param keys fingerprints of the keys that sealed them
    /// @param next block to go on with; absent at the end
    public record Checked(
            long until, long entries, List<Wrong> faults, Set<String> keys, @Nullable Long next) {}

    private final RecordStores record;
    private final JournalCheck check;

    public JournalSealController(RecordStores record, JournalCheck check) {
        this.record = record;
        this.check = check;
    }

    @GetMapping("/api/journal/head")
    Newest head(@AuthenticationPrincipal Caller.Person person) throws RecordUnavailable {
        mayExamine(person);
        return new Newest(record.seals().head().map(JournalSealController::shown).orElse(null));
    }

    /// Some blocks at a time, from the first on, in the order of their numbers.
    @GetMapping("/api/journal/check")
    Checked check(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(defaultValue = "1") long from,
            @RequestParam(defaultValue = "") List<String> keys,
            @RequestParam(required = false) @Nullable String kept)
            throws RecordUnavailable {
        mayExamine(person);
        if (from < 1) {
            throw ApiProblem.malformed("from", "is below 1");
        }
        var step = check.step(from, known(keys), kept(kept));
        return new Checked(
                step.until(),
                step.entries(),
                step.faults().stream().map(JournalSealController::shown).toList(),
                step.keys(),
                step.next());
    }

    private static void mayExamine(Caller.Person person) {
        Access.requireAny(person, Permission.AUDIT_READ, Permission.ADMIN);
    }

    private static Set<String> known(List<String> keys) {
        var known = new TreeSet<String>();
        for (String key : keys) {
            var plain = key.strip().toLowerCase(Locale.ROOT);
            if (!FINGERPRINT.matcher(plain).matches() || known.size() == MOST_KEYS) {
                throw ApiProblem.malformed("keys", "are no fingerprints");
            }
            known.add(plain);
        }
        return known;
    }

    private static JournalCheck.@Nullable Kept kept(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var parts = KEPT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw ApiProblem.malformed("kept", "is no NUMBER:HASH");
        }
        return new JournalCheck.Kept(Long.parseLong(parts.group(1)), parts.group(2));
    }

    private static Head shown(SealedBlock block) {
        return new Head(
                block.number(), block.hash(), block.at(), block.total(), block.fingerprint());
    }

    private static Wrong shown(Fault fault) {
        return new Wrong(Words.of(fault.kind()), fault.block(), fault.sequence());
    }
}
