package org.maplebridge.signaling.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Says whether a sealed package is as it was when it was sealed, and else what is wrong with it.
/// Needs nothing but a JDK of 17 or newer, so its source lies in every package: `java
/// VerifyPackage.java PACKAGE.zip [FINGERPRINT …] [NUMBER:HASH …]`.
///
/// `MANIFEST.txt` names every file with its length, its SHA-256 and a running SHA-256 over all
/// lines so far; `SEAL.txt` is the Ed25519 signature over it. The fingerprint of the key stands in
/// the journal of the product and comes by another way than the package.
///
/// `journal-entries.txt` has a line for each entry of the journal: number of its block, its place
/// there, the path of hashes to the block's root (RFC 9162 §2.1.3, SHA-256), and the entry itself,
/// of which the leaf is the hash. `journal-blocks.txt` has the heads of blocks: what was signed, a
/// space, and the Ed25519 signature; each carries the hash of the head before. A number and hash
/// that somebody wrote down when the block was new prove everything up to it.
public final class VerifyPackage {
    static final String MANIFEST = "MANIFEST.txt";
    static final String SEAL = "SEAL.txt";
    static final String FIRST_LINE = "maplebridge-package 1";
    static final String BLOCKS = "journal-blocks.txt";
    static final String ENTRIES = "journal-entries.txt";
    static final int MAX_MANIFEST_BYTES = 64 << 20;

    private static final String BLOCK = "maplebridge-journal-block 1 ";
    private static final int BLOCK_WORDS = 13;
    private static final int MOST_NAMES = 6;
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\"(-?[0-9]+)\"");
    private static final Pattern HAPPENED =
            Pattern.compile("^\\{\"actor\":.*?,\"at\":\"([^\"]*)\"");

    private final ZipFile zip;
    private final List<String> faults = new ArrayList<>();

    /// SHA-256 of each file that the manifest names.
    private final Map<String, String> hashes = new TreeMap<>();

    private VerifyPackage(ZipFile zip) {
        this.zip = zip;
    }

    public static void main(String[] arguments) {
        if (arguments.length < 1) {
            System.out.println(
                    "java VerifyPackage.java PACKAGE.zip [FINGERPRINT OF A KEY …] [BLOCK:HASH …]");
            System.exit(2);
        }
        List<String> known = List.of(arguments).subList(1, arguments.length);
        System.exit(verify(Path.of(arguments[0]), known, System.out) ? 0 : 1);
    }

    /// @param known fingerprints of keys that may seal (none when nobody knows them), and numbers
    ///   of blocks with the hash that somebody kept, as `7:HASH`
    static boolean verify(Path file, List<String> known, PrintStream out) {
        List<String> keys = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (String one : known) {
            (one.contains(":") ? kept : keys).add(one.toLowerCase(Locale.ROOT));
        }
        List<String> faults;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            VerifyPackage work = new VerifyPackage(zip);
            work.check(keys, out);
            work.checkJournal(keys, kept, out);
            faults = work.faults;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            faults = List.of("not readable as a package: " + e.getMessage());
        }
        faults.forEach(fault -> out.println("WRONG  " + fault));
        out.println(
                faults.isEmpty()
                        ? "OK     everything is as it was sealed"
                        : "NOT AS IT WAS SEALED");
        return faults.isEmpty();
    }

    private void check(List<String> wanted, PrintStream out)
            throws IOException, GeneralSecurityException {
        byte[] manifest = small(MANIFEST);
        String[] lines = new String(manifest, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length < 5 || !lines[0].equals(FIRST_LINE)) {
            throw new IOException(MANIFEST + " is none");
        }
        out.println("       " + lines[1] + ", " + lines[2]);
        byte[] key = Base64.getDecoder().decode(lines[3].substring("key ".length()));
        String fingerprint = hex(sha256().digest(key));
        out.println("       key " + fingerprint);
        if (!wanted.isEmpty() && !wanted.contains(fingerprint)) {
            faults.add("the key is another one than " + String.join(" or ", wanted));
        }
        byte[] seal =
                Base64.getMimeDecoder().decode(new String(small(SEAL), StandardCharsets.UTF_8));
        if (!isSigned(manifest, seal, key)) {
            faults.add(SEAL + " does not belong to " + MANIFEST);
        }
        Set<String> named = new TreeSet<>(Set.of(MANIFEST, SEAL));
        String chain = hex(sha256().digest(head(lines)));
        for (int i = 4; i < lines.length - 1; i++) {
            String[] parts = lines[i].split(" ", 4);
            if (parts.length < 4) {
                faults.add("line " + (i + 1) + " of " + MANIFEST + " is none");
                continue;
            }
            chain = next(chain, parts[1], parts[2], parts[3]);
            if (!chain.equals(parts[0])) {
                faults.add("the chain breaks at line " + (i + 1) + " of " + MANIFEST);
                chain = parts[0];
            }
            named.add(parts[3]);
            hashes.put(parts[3], parts[1]);
            checkFile(parts[3], Long.parseLong(parts[2]), parts[1]);
        }
        zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> !named.contains(name))
                .forEach(name -> faults.add(name + " was added"));
        out.println("       " + (named.size() - 2) + " files");
    }

    private static byte[] head(String[] lines) {
        return String.join("\n", List.of(lines).subList(0, 4)).getBytes(StandardCharsets.UTF_8);
    }

    static String next(String chain, String sha256, String bytes, String name) {
        String line = chain + "\n" + sha256 + " " + bytes + " " + name;
        return hex(sha256().digest(line.getBytes(StandardCharsets.UTF_8)));
    }

    private void checkFile(String name, long bytes, String wanted) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            faults.add(name + " is missing");
            return;
        }
        MessageDigest digest = sha256();
        long length = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0 && length <= bytes; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                length += n;
            }
        } catch (IOException e) {
            faults.add(name + " is damaged (" + e.getMessage() + ")");
            return;
        }
        if (length != bytes) {
            faults.add(name + " has another length");
        } else if (!hex(digest.digest()).equals(wanted)) {
            faults.add(name + " was changed");
        }
    }

    private static boolean isSigned(byte[] text, byte[] seal, byte[] key) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            signature.update(text);
            return signature.verify(seal);
        } catch (GeneralSecurityException noSignature) {
            return false;
        }
    }

    /// A block's head as the package has it.
    private record Head(
            long number,
            long through,
            long count,
            long total,
            String root,
            String before,
            String at,
            String key,
            String hash) {}

    private void checkJournal(List<String> keys, List<String> kept, PrintStream out)
            throws IOException {
        if (zip.getEntry(ENTRIES) == null && zip.getEntry(BLOCKS) == null) {
            out.println("       the journal's proofs are not in this package");
            return;
        }
        Map<Long, Head> heads = heads(keys, out);
        List<String> sealed = entries(heads, out);
        for (String one : kept) {
            String[] parts = one.split(":", 2);
            Head head = heads.get(number(parts[0]));
            if (head == null) {
                out.println(
                        "       block " + parts[0] + ", which you kept, is not in this package");
            } else if (head.hash().equals(parts[1])) {
                out.println("       block " + parts[0] + " is the one that you kept");
            } else {
                faults.add("block " + parts[0] + " is another one than you kept");
            }
        }
        List<String> unnamed = new ArrayList<>();
        int named = 0;
        for (Map.Entry<String, String> file : hashes.entrySet()) {
            if (!file.getKey().contains("/")) {
                continue;
            }
            boolean isNamed = sealed.stream().anyMatch(entry -> entry.contains(file.getValue()));
            named += isNamed ? 1 : 0;
            if (!isNamed) {
                unnamed.add(file.getKey());
            }
        }
        out.println("       files whose SHA-256 is in sealed entries: " + named);
        tell(out, "files that this package's seal alone vouches for", unnamed);
    }

    private Map<Long, Head> heads(List<String> keys, PrintStream out) throws IOException {
        Map<Long, Head> heads = new TreeMap<>();
        Map<String, Integer> sealers = new TreeMap<>();
        String[] lines = new String(small(BLOCKS), StandardCharsets.UTF_8).split("\n");
        Head before = null;
        int gaps = 0;
        for (int i = 0; i < lines.length; i++) {
            String[] words = lines[i].split(" ", -1);
            if (lines[i].isEmpty() || words.length != BLOCK_WORDS || !lines[i].startsWith(BLOCK)) {
                faults.add("line " + (i + 1) + " of " + BLOCKS + " is no block");
                continue;
            }
            String signed = lines[i].substring(0, lines[i].lastIndexOf(' '));
            byte[] bytes = signed.getBytes(StandardCharsets.UTF_8);
            Head head =
                    new Head(
                            number(words[2]),
                            number(words[5]),
                            number(words[6]),
                            number(words[7]),
                            words[8],
                            words[9],
                            words[10],
                            words[11],
                            hex(sha256().digest(bytes)));
            byte[] key = bytes64(head.key());
            String fingerprint = hex(sha256().digest(key));
            sealers.merge(fingerprint, 1, Integer::sum);
            if (!isSigned(bytes, bytes64(words[12]), key)) {
                faults.add("block " + head.number() + " was changed: its signature does not fit");
            } else if (!keys.isEmpty() && !keys.contains(fingerprint)) {
                faults.add(
                        "block "
                                + head.number()
                                + " is sealed by "
                                + fingerprint
                                + ", not by a key"
                                + " that you named");
            }
            if (before != null && head.number() == before.number() + 1) {
                if (!head.before().equals(before.hash())) {
                    faults.add(
                            "block "
                                    + head.number()
                                    + " does not go on from block "
                                    + before.number()
                                    + ": one of them is another one");
                }
            } else if (before != null) {
                gaps++;
            }
            heads.put(head.number(), head);
            before = head;
        }
        if (before == null) {
            out.println("       no block of the journal");
            return heads;
        }
        out.println(
                "       blocks of the journal: "
                        + heads.size()
                        + (gaps == 0
                                ? ", each going on from the one before"
                                : ", with gaps between them that prove nothing: " + gaps));
        out.println("       newest block " + before.number() + ":" + before.hash());
        out.println(
                "       sealed "
                        + before.at()
                        + ", for "
                        + before.total()
                        + " entries; compare it with what was written down then");
        sealers.forEach(
                (key, blocks) -> out.println("       blocks sealed by key " + key + ": " + blocks));
        return heads;
    }

    /// @return the text of those that are proved
    private List<String> entries(Map<Long, Head> heads, PrintStream out) throws IOException {
        List<String> sealed = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        List<String> late = new ArrayList<>();
        String[] lines = new String(small(ENTRIES), StandardCharsets.UTF_8).split("\n");
        for (int i = 0; i < lines.length; i++) {
            String[] words = lines[i].split(" ", 4);
            if (words.length < 4) {
                if (!lines[i].isEmpty()) {
                    faults.add("line " + (i + 1) + " of " + ENTRIES + " is none");
                }
                continue;
            }
            Matcher name = SEQUENCE.matcher(words[3]);
            String which = name.find() ? name.group(1) : "?";
            String where = "entry " + which + " (line " + (i + 1) + " of " + ENTRIES + ")";
            if (words[0].equals("unsealed")) {
                waiting.add(which);
                continue;
            }
            Head head = heads.get(number(words[0]));
            if (head == null) {
                faults.add(where + " names block " + words[0] + ", which is not there");
            } else if (!head.root().equals(root(words, head.count()))) {
                faults.add(
                        where
                                + " is not what was sealed in block "
                                + head.number()
                                + ": it was changed, or its proof");
            } else {
                sealed.add(words[3]);
                if (isLate(words[3], head.at())) {
                    late.add(which);
                }
            }
        }
        out.println("       entries of the journal as they were sealed: " + sealed.size());
        tell(out, "entries not sealed yet when the package was made", waiting);
        tell(out, "entries sealed more than ten minutes after they say they happened", late);
        return sealed;
    }

    private static void tell(PrintStream out, String what, List<String> names) {
        if (!names.isEmpty()) {
            List<String> some = names.subList(0, Math.min(MOST_NAMES, names.size()));
            String more = names.size() > MOST_NAMES ? " …" : "";
            out.println(
                    "       "
                            + what
                            + ": "
                            + names.size()
                            + " ("
                            + String.join(", ", some)
                            + more
                            + ")");
        }
    }

    private static boolean isLate(String entry, String sealed) {
        Matcher happened = HAPPENED.matcher(entry);
        try {
            return happened.find()
                    && Instant.parse(happened.group(1))
                            .plusSeconds(600)
                            .isBefore(Instant.parse(sealed));
        } catch (DateTimeException noTime) {
            return true;
        }
    }

    /// RFC 9162 §2.1.3.2.
    private static String root(String[] words, long count) {
        long at = number(words[1]);
        long end = count - 1;
        byte[] hash = hash(0, words[3].getBytes(StandardCharsets.UTF_8), new byte[0]);
        if (at < 0 || at > end) {
            return "";
        }
        for (String one : words[2].equals("-") ? new String[0] : words[2].split(",", -1)) {
            if (end == 0 || !one.matches("[0-9a-f]{64}")) {
                return "";
            }
            byte[] beside = HexFormat.of().parseHex(one);
            if ((at & 1) == 1 || at == end) {
                hash = hash(1, beside, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    end >>= 1;
                }
            } else {
                hash = hash(1, hash, beside);
            }
            at >>= 1;
            end >>= 1;
        }
        return end == 0 ? hex(hash) : "";
    }

    private static byte[] hash(int kind, byte[] first, byte[] second) {
        MessageDigest digest = sha256();
        digest.update((byte) kind);
        digest.update(first);
        return digest.digest(second);
    }

    /// @return -1 for what is none
    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    /// @return empty for what is no Base64, or not written in the one way that it is written in
    private static byte[] bytes64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : new byte[0];
        } catch (IllegalArgumentException damaged) {
            return new byte[0];
        }
    }

    private byte[] small(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
            if (bytes.length > MAX_MANIFEST_BYTES) {
                throw new IOException(name + " is too long");
            }
            return bytes;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
