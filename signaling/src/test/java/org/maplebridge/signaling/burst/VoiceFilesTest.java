package org.maplebridge.signaling.burst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.BurstId;

class VoiceFilesTest {
    @TempDir Path folder;

    @Test
    void aFileLiesInTheFolderOfItsDay() throws IOException {
        var files = new VoiceFiles(folder.resolve("voice"));
        var place = files.place(new BurstId("b-1"), Instant.parse("2026-11-21T23:59:59.999Z"));

        assertThat(place).isEqualTo(folder.resolve("voice/2026/11/21/b-1.opus"));
        assertThat(place.getParent()).isDirectory();
        assertThat(files.name(place)).isEqualTo("2026/11/21/b-1.opus");
        assertThat(files.find("2026/11/21/b-1.opus")).isEmpty();
        Files.writeString(place, "OggS");
        assertThat(files.find("2026/11/21/b-1.opus")).contains(place);
    }

    @Test
    void nothingOutsideIsFoundOrDeleted() throws IOException {
        var files = new VoiceFiles(folder.resolve("voice"));
        var secret = Files.writeString(folder.resolve("secret"), "x");
        Files.createDirectories(folder.resolve("voice"));
        Files.createSymbolicLink(folder.resolve("voice/link"), secret);

        assertThat(files.find("../secret")).isEmpty();
        assertThat(files.find(secret.toString())).isEmpty();
        assertThat(files.find("link")).isEmpty();
        assertThat(files.find("")).isEmpty();
        files.drop(secret);
        files.drop(folder.resolve("voice/../secret"));
        assertThat(secret).exists();
    }

    @Test
    void oldDaysGoWithEverythingInThemAndNothingElse() throws IOException {
        var files = new VoiceFiles(folder);
        var old = write("2025/12/31/a.opus");
        var left = write("2026/11/20/left-by-a-killed-node.opus");
        var today = write("2026/11/21/b.opus");
        var noDay = write("2026/13/40/c.opus");
        var other = write("notes/2020/01/01/d.txt");

        assertThat(files.dropBefore(LocalDate.of(2026, 11, 21), Set.of())).isEqualTo(2);

        assertThat(old).doesNotExist();
        assertThat(left.getParent()).doesNotExist();
        assertThat(today).exists();
        assertThat(noDay).exists();
        assertThat(other).exists();
    }

    @Test
    void whereNothingWasKeptNothingIsDeleted() throws IOException {
        var files = new VoiceFiles(folder.resolve("never"));

        assertThat(files.dropBefore(LocalDate.of(2026, 11, 21), Set.of())).isZero();
    }

    private Path write(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "OggS");
    }
}
