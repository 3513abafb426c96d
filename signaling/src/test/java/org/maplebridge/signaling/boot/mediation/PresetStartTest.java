package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.TestNode;

/// Who is called together by one press stands in a file of the operator's.
class PresetStartTest {
    @TempDir Path data;

    @Test
    void aFileTakesThePlaceOfTheDemosOwn() throws IOException {
        try (var node = TestNode.on(data, presets("'city', 'xinhe-chief'"))) {
            var seen = TestNode.json(node.get("xinhe", "/api/consultations")).get("presets");
            assertThat(seen).hasSize(1);
            assertThat(seen.get(0).get("members").toString()).contains("新河派出所所长");
            assertThat(TestNode.json(node.get("zeguo", "/api/consultations")).get("presets"))
                    .isEmpty();
        }
    }

    @Test
    void aFileThatNamesSomebodyWhoIsNotThereEndsTheStart() throws IOException {
        var setting = presets("'city', 'nobody'");
        assertThatThrownBy(() -> TestNode.on(data, setting))
                .hasStackTraceContaining("maplebridge.consultation.presets")
                .hasStackTraceContaining("two of xinhe names an account that is not there: nobody");
    }

    @Test
    void aFileThatIsNotThereEndsTheStart() {
        var setting = "--maplebridge.consultation.presets=" + data.resolve("nothing.json");
        assertThatThrownBy(() -> TestNode.on(data, setting))
                .hasStackTraceContaining("maplebridge.consultation.presets")
                .hasStackTraceContaining("nothing.json");
    }

    private String presets(String members) throws IOException {
        var file = data.resolve("presets.json");
        var text = "[{'id':'two','zh':'会','en':'Two','towns':{'xinhe':[" + members + "]}}]";
        Files.writeString(file, text.replace('\'', '"'));
        return "--maplebridge.consultation.presets=" + file;
    }
}
