package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The handhelds that a demo node gets for load tests.
class DemoHandheldsTest {
    @TempDir Path data;

    @Test
    void signInWithTheDemosPassword() {
        try (var node = TestNode.on(data, "--maplebridge.demo.handhelds=15");
                var handheld = node.terminal("handheld-0015")) {
            assertThat(handheld.welcome().user().unit()).isEqualTo("handheld-0015");
            assertThat(node.login("handheld-0001", "wrong").statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "5001", "many"})
    void areOfANumberThatCanBe(String number) {
        assertThatThrownBy(() -> TestNode.on(data, "--maplebridge.demo.handhelds=" + number))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("maplebridge.demo");
    }
}
