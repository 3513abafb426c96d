package org.maplebridge.signaling.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.figures.meeting.Recurrence;

class PresetFileTest {
    @Test
    void readsWhoIsCalledWhereAndWhen() {
        var read =
                read(
                        """
                        [{'id': 'weekly', 'zh': '周会商', 'en': 'Weekly',
                          'every': {'period': 'week', 'on': 1, 'at': '09:00'},
                          'towns': {'xinhe': ['a', 'b'], 'daxi': ['c', 'd']}}]
                        """);
        assertThat(read).hasSize(2);
        assertThat(read.getFirst().preset().members()).hasSize(2);
        assertThat(read.getFirst().every())
                .contains(new Recurrence(Period.WEEK, 1, LocalTime.of(9, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "{] ~ is no JSON",
                "{} ~ is no list of presets",
                "[{'zh': 'x'}] ~ preset 1 has no id",
                "[{'id': 'a', 'en': 'x'}] ~ a has no name (zh)",
                "[{'id': 'a', 'zh': 'x', 'en': 'x'}] ~ a has no towns",
                "[{'id': 'a', 'zh': 'x', 'en': 'x', 'towns': {'xinhe': ['../b', 'c']}}] ~ a member of a of xinhe has no id",
                "[{'id': 'a', 'zh': 'x', 'en': 'x', 'towns': {'xinhe': ['b']}}] ~ a of xinhe has 1 members",
                "[{'id': 'a', 'zh': 'x', 'en': 'x', 'every': {'period': 'year'}, 'towns': {'x': ['b', 'c']}}] ~ a does not say when it comes again",
                "[{'id': 'a', 'zh': 'x', 'en': 'x', 'every': {'period': 'week', 'on': 9, 'at': '09:00'}, 'towns': {'x': ['b', 'c']}}] ~ there is no such day: 9",
                "[{'id': 'a', 'zh': 'x', 'en': 'x', 'every': {'period': 'day', 'at': '25:00'}, 'towns': {'x': ['b', 'c']}}] ~ a does not say when it comes again"
            })
    void aMistakeIsNamed(String text, String fault) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }

    private static java.util.List<PresetFile.Entry> read(String text) {
        return PresetFile.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
