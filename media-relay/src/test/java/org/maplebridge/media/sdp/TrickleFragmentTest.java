package org.maplebridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrickleFragmentTest {
    private static final String FRAGMENT =
            """
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw
            a=candidate:3471623853 1 udp 2122194687 a1b2c3d4-0000-4000-8000-000000000000.local 61765 typ host
            a=candidate:473322822 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active
            a=end-of-candidates
            """;

    @Test
    void aFragmentOfABrowserIsUnderstood() {
        for (String text : new String[] {FRAGMENT, FRAGMENT.replace("\n", "\r\n")}) {
            assertThat(TrickleFragment.parse(text))
                    .isEqualTo(new TrickleFragment("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1", 3, true));
        }
    }

    @Test
    void otherCredentialsAskForARestart() {
        TrickleFragment fragment = Objects.requireNonNull(TrickleFragment.parse(FRAGMENT));

        assertThat(fragment.restarts("EsAw")).isFalse();
        assertThat(fragment.restarts("else")).isTrue();
    }

    @Test
    void anEmptyFragmentSaysNothing() {
        assertThat(TrickleFragment.parse("")).isEqualTo(new TrickleFragment("", "", 0, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "a=ice-ufrag:x",
                "a=ice-ufrag:abcd\na=ice-pwd:short",
                "a=ice-ufrag:abcd\na=ice-ufrag:dcba",
                "a=candidate:",
                "a=candidate:1 1 udp 1 192.0.2.1 99999 typ host",
                "a=candidate:1 1 udp 99999999999 192.0.2.1 9 typ host",
                "a=candidate:1 0 udp 1 192.0.2.1 9 typ host",
                "a=candidate:1 1 udp 1 192.0.2.1 9 kind host",
            })
    void whatIsNoFragmentIsNone(String text) {
        assertThat(TrickleFragment.parse(text)).isNull();
    }

    @Test
    void longFragmentsAreRefused() {
        assertThat(TrickleFragment.parse("a=x\n".repeat(300))).isNull();
        assertThat(TrickleFragment.parse("a=" + "x".repeat(17_000))).isNull();
    }
}
