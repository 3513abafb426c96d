package org.maplebridge.signaling.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedPackageTest {
    private final Seal seal = Seal.of(Seal.make());
    @TempDir Path folder;
    private Path zip;

    @BeforeEach
    void sealed() throws IOException {
        zip = folder.resolve("incident.zip");
        var noise = new byte[200_000];
        new Random(7).nextBytes(noise);
        var sound = Files.write(folder.resolve("sound"), noise);
        try (var out = Files.newOutputStream(zip);
                var made = new SealedPackage(out, seal, "incident 2026-1\nfake", "sealed now")) {
            made.add("timeline.html", "<p>噪声</p>");
            assertThat(made.add("voice/b 1.opus", sound)).isTrue();
            assertThat(made.add("voice/gone.opus", folder.resolve("gone"))).isFalse();
            made.seal();
            assertThat(made.files()).isEqualTo(2);
        }
    }

    @Test
    void whatIsAsItWasSealedIsRight() {
        assertThat(verdict(zip, "")).contains("OK", "2 files", "incident 2026-1 fake");
        assertThat(verdict(zip, seal.fingerprint())).contains("OK");
        var other = Seal.of(Seal.make()).fingerprint();
        assertThat(verdict(zip, other)).contains("the key is another one");
    }

    @Test
    void everyChangeIsFoundAndNamed() throws IOException {
        assertThat(changed("voice/b 1.opus", bytes -> bytes[1_234] ^= 1))
                .contains("voice/b 1.opus was changed");
        assertThat(changed("timeline.html", bytes -> bytes[0] = 'x')).contains("timeline.html was");
        assertThat(changed(VerifyPackage.SEAL, bytes -> bytes[3] = other(bytes[3])))
                .contains("SEAL.txt does not belong");
        assertThat(changed(VerifyPackage.MANIFEST, bytes -> bytes[bytes.length - 20] ^= 1))
                .contains("SEAL.txt does not belong", "NOT AS IT WAS");
        var files = files();
        files.remove("voice/b 1.opus");
        assertThat(verdict(written(files), "")).contains("voice/b 1.opus is missing");
        files = files();
        files.put("more.html", new byte[1]);
        assertThat(verdict(written(files), "")).contains("more.html was added");
        files = files();
        files.remove(VerifyPackage.SEAL);
        assertThat(verdict(written(files), "")).contains("SEAL.txt is missing");
    }

    @Test
    void aByteThatTurnedOnTheDiskIsFoundWhereverItLies() throws IOException {
        byte[] whole = Files.readAllBytes(zip);
        var random = new Random(11);
        int missed = 0;
        for (int round = 0; round < 200; round++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            var file = Files.write(folder.resolve("turned.zip"), bytes);
            missed += verdict(file, "").contains("OK  ") ? 1 : 0;
        }
        assertThat(missed).as("times and flags of the ZIP mean nothing").isLessThan(20);
    }

    @Test
    void noPackageIsNone() throws IOException {
        var nonsense = Files.writeString(folder.resolve("x.zip"), "nonsense");
        assertThat(verdict(nonsense, "")).contains("not readable as a package");
        assertThat(verdict(folder.resolve("nowhere.zip"), "")).contains("not readable");
    }

    @Test
    void theSourceVerifiesByItselfWithoutTheProduct() throws Exception {
        var source = Files.writeString(folder.resolve("Verify.java"), SealedPackage.verifier());
        assertThat(launched(source, zip)).isZero();
        var files = files();
        files.put("timeline.html", "<p>别的</p>".getBytes(StandardCharsets.UTF_8));
        assertThat(launched(source, written(files))).isEqualTo(1);
    }

    private int launched(Path source, Path file) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(java, source.toString(), file.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private interface Change {
        void in(byte[] bytes);
    }

    private String changed(String name, Change change) throws IOException {
        var files = files();
        change.in(Objects.requireNonNull(files.get(name)));
        return verdict(written(files), "");
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var read = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(read.entries())) {
                files.put(entry.getName(), read.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    private Path written(Map<String, byte[]> files) throws IOException {
        var file = folder.resolve("changed.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var one : files.entrySet()) {
                out.putNextEntry(new ZipEntry(one.getKey()));
                out.write(one.getValue());
            }
        }
        return file;
    }

    private static String verdict(Path file, String key) {
        var text = new ByteArrayOutputStream();
        var out = new PrintStream(text, true, StandardCharsets.UTF_8);
        boolean right = VerifyPackage.verify(file, key.isEmpty() ? List.of() : List.of(key), out);
        var said = text.toString(StandardCharsets.UTF_8);
        assertThat(said.contains("OK  ")).isEqualTo(right);
        return said;
    }

    private static byte other(byte letter) {
        return (byte) (letter == 'A' ? 'B' : 'A');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "one", "not base64!", "AAAA AAAA", "AAAA BBBB CCCC", "\uFFFD \u0000"})
    void whatIsNoKeyToSealByIsNone(String kept) {
        assertThatThrownBy(() -> Seal.of(kept)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void halvesOfTwoKeysAreNoKey() {
        var halves = Seal.make().split(" ")[0] + " " + Seal.make().split(" ")[1];
        assertThatThrownBy(() -> Seal.of(halves)).hasMessageContaining("two pairs");
    }
}
