package org.maplebridge.signaling.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes a package file by file, and its manifest and seal at the end; [VerifyPackage] says how
/// they look. What is on its way needs no room on our disk.
///
/// Thread: one.
public final class SealedPackage implements AutoCloseable {
    private static final String VERIFIER = "VerifyPackage.java";

    private final ZipOutputStream zip;
    private final Seal seal;
    private final StringBuilder manifest = new StringBuilder();
    private String chain;
    private int files;

    /// @param what the incident, in one line
    /// @param when and by whom it is sealed, in one line
    public SealedPackage(OutputStream out, Seal seal, String what, String when) {
        zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.BEST_SPEED);
        this.seal = seal;
        var head =
                List.of(
                        VerifyPackage.FIRST_LINE,
                        oneLine(what),
                        oneLine(when),
                        "key " + seal.publicKey());
        manifest.append(String.join("\n", head));
        chain = VerifyPackage.hex(VerifyPackage.sha256().digest(bytes(manifest.toString())));
        manifest.append('\n');
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The source of what proves this package. A source in no folder may not name a package of
    /// Java.
    public void addVerifier() throws IOException {
        add(VERIFIER, verifier());
    }

    static String verifier() throws IOException {
        try (@Nullable InputStream source = VerifyPackage.class.getResourceAsStream(VERIFIER)) {
            if (source == null) {
                throw new IllegalStateException(VERIFIER + " is not there");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("package [a-z.]+;\\R", "");
        }
    }

    public void add(String name, String text) throws IOException {
        add(name, out -> out.write(bytes(text)));
    }

    /// @return false when the file is gone; nothing was written
    public boolean add(String name, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            add(name, in::transferTo);
        }
        return true;
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void add(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var counted = new Counted(zip);
        var digest = new DigestOutputStream(counted, VerifyPackage.sha256());
        content.writeTo(digest);
        zip.closeEntry();
        String sha256 = VerifyPackage.hex(digest.getMessageDigest().digest());
        String length = Long.toString(counted.bytes);
        chain = VerifyPackage.next(chain, sha256, length, name);
        manifest.append(String.join(" ", chain, sha256, length, name)).append('\n');
        files++;
    }

    public int files() {
        return files;
    }

    /// The last link of the chain: it stands for everything in the package.
    public String chain() {
        return chain;
    }

    /// Nothing can be added then.
    public void seal() throws IOException {
        byte[] text = bytes(manifest.toString());
        zip.putNextEntry(new ZipEntry(VerifyPackage.MANIFEST));
        zip.write(text);
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(VerifyPackage.SEAL));
        zip.write(seal.sign(text));
        zip.closeEntry();
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        zip.flush();
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long bytes;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int count) throws IOException {
            out.write(some, offset, count);
            bytes += count;
        }
    }
}
