package org.maplebridge.signaling.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.replay.chain.JournalProofs;
import org.maplebridge.signaling.replay.chain.JournalSealer;

/// What a package proves of the journal, though whoever changes it seals the package anew with the
/// right key.
class JournalInPackageTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Subject FIGHT = Subject.of(new IncidentId("fight"));
    private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.UTF_8);

    private final Seal seal = Seal.of(Seal.make());
    private final Seal otherNode = Seal.of(Seal.make());
    @TempDir Path folder;
    private JdbcRecord record;
    private JournalProofs proofs;
    private Instant now = NOON;

    /// Five of 20 entries in two blocks are about the incident, with a block of others between.
    @BeforeEach
    void sealed() throws RecordUnavailable {
        record = JdbcRecord.open(JdbcSettings.embedded(folder));
        proofs = new JournalProofs(record.seals());
        write(7, "a");
        write(1, "sha256", hash(PICTURE));
        block(seal);
        others(5);
        block(otherNode);
        write(3, "b");
        others(4);
        block(seal);
    }

    @AfterEach
    void close() {
        record.close();
    }

    @Test
    void whatWasSealedIsProvedInPlainWords() throws Exception {
        write(1, "the newest");
        var said = verdict(texts());
        assertThat(said)
                .contains(
                        "OK     everything",
                        "entries of the journal as they were sealed: 11",
                        "entries not sealed yet when the package was made: 1 (21)",
                        "blocks of the journal: 3, each going on from the one before",
                        "newest block 3:" + head(),
                        "blocks sealed by key " + seal.fingerprint() + ": 2",
                        "blocks sealed by key " + otherNode.fingerprint() + ": 1",
                        "files whose SHA-256 is in sealed entries: 1",
                        "files that this package's seal alone vouches for: 1 (voice/b.opus)")
                .doesNotContain("WRONG", "ten minutes");
        assertThat(verdict(texts(), seal.fingerprint(), otherNode.fingerprint(), "3:" + head()))
                .contains("OK     everything", "block 3 is the one that you kept");
    }

    @Test
    void keysAndHeadsThatSomebodyKnowsAreComparedWith() throws Exception {
        assertThat(verdict(texts(), seal.fingerprint()))
                .contains("WRONG  block 2 is sealed by " + otherNode.fingerprint());
        assertThat(verdict(texts(), "3:" + "0".repeat(64)))
                .contains("WRONG  block 3 is another one than you kept");
        assertThat(verdict(texts(), "9:" + "0".repeat(64)))
                .contains("block 9, which you kept, is not in this package", "OK  ");
    }

    @Test
    void anEntryThatWasChangedBeforeThePackageWasMadeIsNamed() throws Exception {
        var texts = texts();
        var lines = new ArrayList<>(texts.entries().lines().toList());
        lines.set(2, lines.get(2).replace("a=2", "a=9"));
        assertThat(verdict(with(texts, lines)))
                .contains(
                        "WRONG  entry 3 (line 3 of journal-entries.txt) is not what was sealed in block 1");
        lines.set(2, lines.get(3));
        assertThat(verdict(with(texts, lines))).as("another one twice").contains("OK  ");
    }

    @Test
    void aProofOfSomethingElseIsNamed() throws Exception {
        var texts = texts();
        var lines = new ArrayList<>(texts.entries().lines().toList());
        var last = lines.size() - 1;
        lines.set(last, lines.get(last).replaceFirst("^3 ", "1 "));
        assertThat(verdict(with(texts, lines))).contains("is not what was sealed in block 1");
        lines.set(last, lines.get(last).replaceFirst("^1 ", "77 "));
        assertThat(verdict(with(texts, lines))).contains("names block 77, which is not there");
    }

    /// Each byte of entries, proofs and heads, as far as chance has it.
    @Test
    void aByteThatWasChangedIsFoundWhereverItIs() throws Exception {
        var random = new SplittableRandom(5);
        var right = texts();
        for (int round = 0; round < 250; round++) {
            boolean isEntries = random.nextInt(4) > 0;
            byte[] bytes =
                    (isEntries ? right.entries() : right.blocks()).getBytes(StandardCharsets.UTF_8);
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(7));
            var text = new String(bytes, StandardCharsets.UTF_8);
            var texts =
                    isEntries
                            ? new JournalProofs.Texts(right.blocks(), text)
                            : new JournalProofs.Texts(text, right.entries());
            var where = (isEntries ? "entries" : "blocks") + " at " + at + ": " + text;
            assertThat(verdict(texts)).as(where).contains("WRONG");
        }
    }

    @Test
    void blocksThatWereChangedOrLeftOutAreNamed() throws Exception {
        var texts = texts();
        var lines = texts.blocks().lines().toList();
        var gap =
                new JournalProofs.Texts(lines.get(0) + "\n" + lines.get(2) + "\n", texts.entries());
        assertThat(verdict(gap)).contains("with gaps between them that prove nothing: 1", "OK  ");
        var none = new JournalProofs.Texts("", texts.entries());
        assertThat(verdict(none)).contains("names block 1, which is not there");
        var theirs = lines.get(0).substring(0, lines.get(0).lastIndexOf(' '));
        theirs = theirs + " " + otherNode.signature(theirs);
        var signed = new JournalProofs.Texts(theirs + "\n", texts.entries());
        assertThat(verdict(signed)).contains("block 1 was changed: its signature does not fit");
    }

    /// By the source alone, as somebody has it who has nothing of ours.
    @Test
    void theSourceProvesItByItself() throws Exception {
        var source = Files.writeString(folder.resolve("Verify.java"), SealedPackage.verifier());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var out = folder.resolve("out");
        var process =
                new ProcessBuilder(
                                java,
                                source.toString(),
                                zip(texts()).toString(),
                                seal.fingerprint(),
                                otherNode.fingerprint(),
                                "3:" + head())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out))
                .contains("entries of the journal as they were sealed: 11");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void entriesThatWereSealedLongAfterTheySayAreNamed() throws Exception {
        write(1, "from long ago");
        now = now.plusSeconds(3_600);
        block(seal);
        assertThat(verdict(texts()))
                .contains(
                        "OK  ",
                        "entries sealed more than ten minutes after they say they happened: 1 ");
    }

    private JournalProofs.Texts texts() throws RecordUnavailable {
        return proofs.about(
                List.of(
                        new JournalProofs.Wanted(FIGHT, _ -> true),
                        new JournalProofs.Wanted(FIGHT, _ -> true)),
                100);
    }

    private static JournalProofs.Texts with(JournalProofs.Texts texts, List<String> entries) {
        return new JournalProofs.Texts(texts.blocks(), String.join("\n", entries) + "\n");
    }

    private String head() throws RecordUnavailable {
        return record.seals().head().orElseThrow().hash();
    }

    private String verdict(JournalProofs.Texts texts, String... known) throws IOException {
        var text = new ByteArrayOutputStream();
        var out = new PrintStream(text, true, StandardCharsets.UTF_8);
        VerifyPackage.verify(zip(texts), List.of(known), out);
        return text.toString(StandardCharsets.UTF_8);
    }

    private Path zip(JournalProofs.Texts texts) throws IOException {
        var zip = folder.resolve("package.zip");
        var picture = Files.write(folder.resolve("picture"), PICTURE);
        try (var out = Files.newOutputStream(zip);
                var made = new SealedPackage(out, seal, "incident 1", "sealed now")) {
            made.add("evidence/p.jpg", picture);
            made.add("voice/b.opus", "talk");
            made.add(JournalProofs.BLOCKS, texts.blocks());
            made.add(JournalProofs.ENTRIES, texts.entries());
            made.seal();
        }
        return zip;
    }

    private void block(Seal by) throws RecordUnavailable {
        var sealer = new JournalSealer(record.seals(), by, () -> now);
        assertThat(sealer.sealNow()).isTrue();
    }

    private void write(int entries, String name) throws RecordUnavailable {
        for (int i = 0; i < entries; i++) {
            write(1, name, Integer.toString(i));
        }
    }

    private void write(int entries, String name, String value) throws RecordUnavailable {
        for (int i = 0; i < entries; i++) {
            append(FIGHT, Map.of(name, value));
        }
    }

    private void others(int entries) throws RecordUnavailable {
        for (int i = 0; i < entries; i++) {
            append(Subject.of(new UnitId("car1")), Map.of());
        }
    }

    private void append(Subject subject, Map<String, String> detail) throws RecordUnavailable {
        record.journal()
                .append(
                        new Happening(
                                now,
                                JournalKind.INCIDENT_CHANGED,
                                null,
                                null,
                                List.of(subject),
                                detail));
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(VerifyPackage.sha256().digest(bytes));
    }
}
