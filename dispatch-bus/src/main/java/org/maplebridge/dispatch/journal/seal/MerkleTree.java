package org.maplebridge.dispatch.journal.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tree of hashes over a list, as logs of certificates have it (RFC 9162 §2.1): one root stands
/// for all entries, and a few hashes prove that one entry is among them.
///
/// Pure.
public final class MerkleTree {
    private MerkleTree() {}

    /// Of one entry: SHA-256 over 0x00 and its bytes, so that no entry is taken for a node.
    public static byte[] leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        return digest.digest(entry);
    }

    static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    /// RFC 9162 §2.1.1.
    ///
    /// @param leaves what [#leaf] gave, in their order
    public static byte[] root(List<byte[]> leaves) {
        return switch (leaves.size()) {
            case 0 -> sha256().digest();
            case 1 -> leaves.getFirst();
            default -> {
                int left = left(leaves.size());
                yield node(
                        root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
            }
        };
    }

    /// What proves the entry at `index`, from the leaf up (RFC 9162 §2.1.3.1).
    public static List<byte[]> path(List<byte[]> leaves, int index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IllegalArgumentException("no such entry");
        }
        if (leaves.size() == 1) {
            return List.of();
        }
        int left = left(leaves.size());
        var under = leaves.subList(0, left);
        var beside = leaves.subList(left, leaves.size());
        boolean isLeft = index < left;
        var path = new ArrayList<>(isLeft ? path(under, index) : path(beside, index - left));
        path.add(root(isLeft ? beside : under));
        return path;
    }

    /// The root that a path leads to (RFC 9162 §2.1.3.2); absent when no tree of this size has such
    /// a path.
    ///
    /// @param size how many entries the tree has
    public static Optional<byte[]> rootBy(byte[] leaf, long index, long size, List<byte[]> path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long at = index;
        long end = size - 1;
        byte[] hash = leaf;
        for (byte[] beside : path) {
            if (end == 0) {
                return Optional.empty();
            }
            if ((at & 1) == 1 || at == end) {
                hash = node(beside, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    end >>= 1;
                }
            } else {
                hash = node(hash, beside);
            }
            at >>= 1;
            end >>= 1;
        }
        return end == 0 ? Optional.of(hash) : Optional.empty();
    }

    /// The largest power of two below `size`.
    private static int left(int size) {
        return Integer.highestOneBit(size - 1);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
