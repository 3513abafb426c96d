package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.StartRefused;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.replay.Seal;

/// What seals names, packages and papers lies in files: one that is not what it should be is named
/// at the start, before anything is sealed by something else.
class SealFilesTest {
    @TempDir Path data;

    @BeforeEach
    void keys() throws IOException {
        Files.createDirectories(data.resolve("keys"));
    }

    @Test
    void aKeyOfMediationsThatIsNoneIsNamed() throws IOException {
        var file = data.resolve("mediation.key");
        Files.writeString(file, "c2hvcnQ=");
        refused("", file);
        assertThat(file).as("kept for who looks after it").hasContent("c2hvcnQ=");
    }

    @Test
    void aKeyOfMediationsThatWasPromisedAndIsNotThereIsNotMade() {
        var file = data.resolve("shared/mediation.key");
        refused("--maplebridge.mediation.key=" + file, file);
        assertThat(file).as("another one would open nothing").doesNotExist();
    }

    /// Whoever is shown the one would refuse what the other has signed.
    @Test
    void aKeyOfPackagesWhoseHalvesAreOfTwoKeysIsNamed() throws IOException {
        var file = data.resolve("keys/seal");
        var secret = Seal.make().split(" ")[0];
        var shown = Seal.make().split(" ")[1];
        Files.writeString(file, secret + " " + shown);
        refused("", file);
    }

    @Test
    void aSealThatIsNoPictureOrIsNotThereIsNamed() throws IOException {
        var setting = "--maplebridge.mediation.seal=";
        var missing = data.resolve("nowhere.png");
        refused(setting + missing, missing);
        var other = data.resolve("seal.jpg");
        Files.write(other, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
        refused(setting + other, other);
    }

    private void refused(String setting, Path file) {
        var settings = setting.isEmpty() ? new String[0] : new String[] {setting};
        @Nullable Throwable why = catchThrowable(() -> TestNode.on(data, settings).close());
        while (why != null && !(why instanceof StartRefused)) {
            why = why.getCause(); // the wiring names what it was about to make
        }
        assertThat(why).isInstanceOf(StartRefused.class).hasMessageContaining(file.toString());
    }
}
