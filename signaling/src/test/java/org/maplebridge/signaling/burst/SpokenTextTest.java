package org.maplebridge.signaling.burst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.order.Order;

class SpokenTextTest {
    @Test
    void saysHowLongItIsInTheSpeakersLanguage() {
        assertThat(text(12_400, "zh-CN")).isEqualTo("语音指令 12″");
        assertThat(text(12_500, "zh")).isEqualTo("语音指令 13″");
        assertThat(text(500, "en")).isEqualTo("Voice order 1″");
        assertThat(text(90_000, "no language at all")).isEqualTo("Voice order 90″");
    }

    @Test
    void hasTheWordsBehindIt() {
        assertThat(SpokenText.of(2_000, Optional.of(" go "), "en")).isEqualTo("Voice order 2″: go");
        assertThat(SpokenText.of(2_000, Optional.of(" \n "), "zh-CN")).isEqualTo("语音指令 2″");
    }

    @Test
    void isAlwaysATextThatAnOrderMayHave() {
        var endless = SpokenText.of(2_000, Optional.of("走\0".repeat(9_000)), "zh-CN");

        assertThat(endless).hasSize(Order.MAX_TEXT_CHARS).endsWith("…");
        assertThat(PlainText.isValid(endless, Order.MAX_TEXT_CHARS)).isTrue();
    }

    private static String text(long millis, String locale) {
        return SpokenText.of(millis, Optional.empty(), locale);
    }
}
