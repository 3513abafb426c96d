package org.maplebridge.dispatch.incident.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.letter.LetterTemplate.Row;

/// A letter's gaps, and what may not be in one.
class LetterTemplateTest {
    @Test
    void gapsAreFilledOnceAndValuesAreNoGaps() {
        var letter = letter(List.of("{to}：{title}$1\\"));
        var text = letter.filled(Map.of("to", "{number}", "title", "a$0\\b", "number", "7"));
        assertThat(text.paragraphs()).containsExactly("{number}：a$0\\b$1\\");
        assertThat(text.heading()).isEqualTo("关于a$0\\b");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(letter(List.of("依据{item}办理")).filled(Map.of()).paragraphs())
                .containsExactly("依据办理");
    }

    @Test
    void aSlipHasRowsAndALetterParagraphs() {
        var rows = List.of(new Row("编号", "{number}"));
        var slip = new LetterTemplate("slip", "交办单", true, 2, "交办单", List.of(), rows);
        assertThat(slip.filled(Map.of("number", "7")).rows()).containsExactly(new Row("编号", "7"));
        assertThatThrownBy(() -> new LetterTemplate("x", "函", false, 2, "", List.of(), rows))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> letter(List.of("{secret}")))
                .hasMessageContaining("nothing fills {secret}");
    }

    private static LetterTemplate letter(List<String> paragraphs) {
        return new LetterTemplate("letter", "提醒函", false, 2, "关于{title}", paragraphs, List.of());
    }
}
