package org.maplebridge.signaling.boot.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.signaling.boot.StartRefused;
import org.springframework.mock.env.MockEnvironment;

class TraceSettingsTest {
    private static final String PREFIX = "maplebridge.traces.";

    @ParameterizedTest
    @CsvSource({
        "endpoint,collector:4318,endpoint must be",
        "endpoint,ftp://collector/v1/traces,endpoint must be",
        "endpoint,http://collector:99999/v1/traces,endpoint must be",
        "endpoint,http://collector:4318,endpoint must be",
        "endpoint,http://user:word@collector/v1/traces,endpoint must be",
        "share,1.5,share must be",
        "share,-0.1,share must be",
        "share,NaN,share must be",
        "share,much,maplebridge.traces.share",
    })
    void whatCannotBeIsNamed(String property, String value, String sentence) {
        var environment = new MockEnvironment().withProperty(PREFIX + property, value);
        assertThatThrownBy(() -> settings(environment))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void withoutAnEndpointOrAShareThereAreNone() {
        assertThat(settings(new MockEnvironment()).isOn()).isFalse();
        var whole =
                new MockEnvironment()
                        .withProperty(PREFIX + "endpoint", "http://127.0.0.1:4318/v1/traces");
        assertThat(settings(whole).isOn()).isTrue();
        assertThat(settings(whole).share()).isEqualTo(1);
        assertThat(settings(whole.withProperty(PREFIX + "share", "0")).isOn()).isFalse();
    }

    private static TraceSettings settings(MockEnvironment environment) {
        return new TraceWiring().traceSettings(environment);
    }
}
