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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Says whether a sealed package is as it was when it was sealed, and else what is wrong with it.
/// Needs nothing but a JDK of 17 or newer, so its source lies in every package: `java
/// VerifyPackage.java PACKAGE.zip [FINGERPRINT]`.
///
/// `MANIFEST.txt` names every file with its length, its SHA-256 and a running SHA-256 over all
/// lines so far; `SEAL.txt` is the Ed25519 signature over it. The fingerprint of the key stands in
/// the journal of the product and comes by another way than the package.
public final class VerifyPackage {
    static final String MANIFEST = "MANIFEST.txt";
    static final String SEAL = "SEAL.txt";
    static final String FIRST_LINE = "maplebridge-package 1";
    static final int MAX_MANIFEST_BYTES = 64 << 20;

    private final ZipFile zip;
    private final List<String> faults = new ArrayList<>();

    private VerifyPackage(ZipFile zip) {
        this.zip = zip;
    }

    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 2) {
            System.out.println("java VerifyPackage.java PACKAGE.zip [FINGERPRINT OF THE KEY]");
            System.exit(2);
        }
        String key = arguments.length > 1 ? arguments[1] : "";
        System.exit(verify(Path.of(arguments[0]), key, System.out) ? 0 : 1);
    }

    /// @param key fingerprint that the key must have; empty when nobody knows it
    static boolean verify(Path file, String key, PrintStream out) {
        List<String> faults;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            VerifyPackage work = new VerifyPackage(zip);
            work.check(key, out);
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

    private void check(String wanted, PrintStream out)
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
        if (!wanted.isEmpty() && !wanted.equalsIgnoreCase(fingerprint)) {
            faults.add("the key is another one than " + wanted);
        }
        if (!isSealed(manifest, key)) {
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

    private boolean isSealed(byte[] manifest, byte[] key)
            throws IOException, GeneralSecurityException {
        byte[] seal =
                Base64.getMimeDecoder().decode(new String(small(SEAL), StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
        signature.update(manifest);
        try {
            return signature.verify(seal);
        } catch (GeneralSecurityException noSignature) {
            return false;
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
