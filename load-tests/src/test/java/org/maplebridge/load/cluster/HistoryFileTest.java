package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir Path folder;

    @Test
    void oneLineForEachEvent() throws Exception {
        Path path = folder.resolve("new/history.jsonl");
        try (var file = new HistoryFile(path)) {
            var history = new History(file);
            history.done("kill \"0\"");
            history.shown("a", "one", 1);
            history.shown("a", "one", 1); // nothing new
        }
        assertThat(Files.readAllLines(path)).hasSize(2);
    }

    @Test
    void aLineSaysWhenAndWhat() {
        assertThat(HistoryFile.line(new Event.Shown("a", "say \"x\"", 7), 5))
                .isEqualTo(
                        "{\"at\":5,\"event\":\"shown\",\"order\":\"a\",\"text\":\"say \\\"x\\\"\","
                                + "\"number\":7}\n");
    }
}
