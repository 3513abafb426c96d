package org.maplebridge.signaling.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.map.Ground.Feature;
import org.maplebridge.signaling.map.Ground.Shape;

class GroundFolderTest {
    private static final Ground OTHERWISE = ground("otherwise");

    @TempDir Path folder;

    @Test
    void withoutFilesThereIsWhatWasThereBefore() {
        assertThat(folder(folder).ground()).isEqualTo(OTHERWISE);
        assertThat(folder(folder.resolve("missing")).ground()).isEqualTo(OTHERWISE);
    }

    @Test
    void aFileThatIsPutThereIsSeenAndOneThatCannotBeUsedTakesNothingElseAway() throws IOException {
        var ground = folder(folder);
        ground.ground();
        Files.writeString(folder.resolve("roads.geojson"), "roads");
        Files.writeString(folder.resolve("broken.geojson"), "broken");
        Files.writeString(folder.resolve("notes.txt"), "notes");

        assertThat(ground.ground()).isEqualTo(ground("roads"));

        Files.delete(folder.resolve("roads.geojson"));
        Files.delete(folder.resolve("broken.geojson"));
        assertThat(ground.ground()).isEqualTo(OTHERWISE);
    }

    private static GroundFolder folder(Path folder) {
        return new GroundFolder(folder, GroundFolderTest::read, OTHERWISE);
    }

    private static Ground read(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.equals("broken")) {
            throw new IllegalArgumentException("is broken");
        }
        return ground(text);
    }

    private static Ground ground(String name) {
        return new Ground(List.of(new Feature(name, "road", Shape.POINT, List.of(1.0, 2.0))));
    }
}
