package org.maplebridge.dispatch.journal.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A block's head: it stands for its entries and for all blocks before it.
///
/// @param number 1 for the first; no number is left out
/// @param first lowest sequence in it
/// @param last highest sequence in it
/// @param through highest sequence in it and in all blocks before: who comes below it is late
/// @param total how many entries this and all blocks before have
/// @param root of the tree over its leaves, hexadecimal
/// @param before hash of the head before, hexadecimal; zeros for the first
/// @param at by the clock of the node that sealed; never before the block before
/// @param key public key of that node
/// @param signature over [#line]
///
///   Pure.
public record SealedBlock(
        long number,
        long first,
        long last,
        long through,
        int count,
        long total,
        String root,
        String before,
        Instant at,
        String key,
        String signature) {
    /// Most entries in a block: a proof then has eight hashes, and what writes it is done within
    /// some ten milliseconds.
    public static final int MOST = 256;

    public static final String NOTHING_BEFORE = "0".repeat(64);

    private static final String KIND = "maplebridge-journal-block 1";

    /// A block with its leaves, on its way into the record.
    public record Made(SealedBlock block, List<Leaf> leaves) {}

    /// The next block, in the order of the entries' sequence.
    ///
    /// @param head the newest block; absent before the first
    /// @param entries at least one and at most [#MOST], of no block yet
    public static Made next(
            @Nullable SealedBlock head, List<WrittenEntry> entries, Instant now, Signer signer) {
        if (entries.isEmpty() || entries.size() > MOST) {
            throw new IllegalArgumentException("no block of " + entries.size());
        }
        var leaves = new ArrayList<Leaf>();
        var hashes = new ArrayList<byte[]>();
        long last = Long.MIN_VALUE;
        for (WrittenEntry entry : entries) {
            if (entry.sequence() <= last) {
                throw new IllegalArgumentException("out of order at " + entry.sequence());
            }
            last = entry.sequence();
            byte[] hash = entry.leaf();
            hashes.add(hash);
            leaves.add(new Leaf(last, hex(hash)));
        }
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        var unsigned =
                new SealedBlock(
                        head == null ? 1 : head.number + 1,
                        entries.getFirst().sequence(),
                        last,
                        head == null ? last : Math.max(head.through, last),
                        entries.size(),
                        (head == null ? 0 : head.total) + entries.size(),
                        hex(MerkleTree.root(hashes)),
                        head == null ? NOTHING_BEFORE : head.hash(),
                        head == null || at.isAfter(head.at) ? at : head.at,
                        signer.publicKey(),
                        "");
        return new Made(unsigned.signed(signer.signature(unsigned.line())), leaves);
    }

    private SealedBlock signed(String by) {
        return new SealedBlock(
                number, first, last, through, count, total, root, before, at, key, by);
    }

    /// What is signed, and what the next block's `before` is the hash of: words with one space
    /// between them, in UTF-8.
    public String line() {
        return String.join(
                " ",
                KIND,
                Long.toString(number),
                Long.toString(first),
                Long.toString(last),
                Long.toString(through),
                Integer.toString(count),
                Long.toString(total),
                root,
                before,
                at.toString(),
                key);
    }

    /// What people keep on paper: it stands for everything up to here.
    public String hash() {
        return hex(MerkleTree.sha256().digest(line().getBytes(StandardCharsets.UTF_8)));
    }

    /// By which people tell the key from others.
    public String fingerprint() {
        try {
            return hex(MerkleTree.sha256().digest(Base64.getDecoder().decode(key)));
        } catch (IllegalArgumentException noKey) {
            return "";
        }
    }

    public boolean isSigned() {
        try {
            var keys = KeyFactory.getInstance("Ed25519");
            var check = Signature.getInstance("Ed25519");
            check.initVerify(
                    keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
            check.update(line().getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
