package org.maplebridge.dispatch.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
    @Test
    void everyPartOfTheUrlIsUnderstood() {
        var settings = of("rediss://dispatch:p%40ss%2F@redis.county:6390/3");

        assertThat(settings.encrypted()).isTrue();
        assertThat(settings.server()).isEqualTo(new RedisSettings.Server("redis.county", 6390));
        assertThat(settings.user()).isEqualTo("dispatch");
        assertThat(settings.password()).isEqualTo("p@ss/");
        assertThat(settings.database()).isEqualTo(3);
    }

    @Test
    void whatIsLeftAwayHasItsUsualValue() {
        var settings = of("redis://localhost");

        assertThat(settings.encrypted()).isFalse();
        assertThat(settings.server()).isEqualTo(new RedisSettings.Server("localhost", 6379));
        assertThat(settings.user()).isNull();
        assertThat(settings.password()).isNull();
        assertThat(settings.database()).isZero();
        assertThat(of("redis://:secret@[::1]:1").password()).isEqualTo("secret");
    }

    @Test
    void whatIsPrintedAtTheStartHasNoPassword() {
        assertThat(of("redis://dispatch:s3cret@redis.county:6390/3"))
                .hasToString("Redis[redis://redis.county:6390/3, county county]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://localhost",
                "redis://",
                "redis://:s3cret@",
                "redis://:s3cret@host_name",
                "redis://:s3 cret@localhost",
                "redis://:s3#cret@localhost",
                "redis://:s3/cret@localhost",
                "redis://s3cret@localhost",
                "redis://localhost:0",
                "redis://localhost:65536",
                "redis://localhost/county",
                "redis://localhost/99999",
                "redis://localhost?timeout=3",
            })
    void whatCannotBeUsedIsRefusedInWordsWithoutThePassword(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maplebridge.redis.url must look like redis://")
                .hasMessageNotContaining("s3");
    }

    @Test
    void sentinelsHaveAHostAndPerhapsAPort() {
        var settings =
                RedisSettings.of("redis://x", List.of("one", " two:26380"), "master", "county");

        assertThat(settings.sentinels())
                .containsExactly(
                        new RedisSettings.Server("one", 26379),
                        new RedisSettings.Server("two", 26380));
        assertThatThrownBy(() -> RedisSettings.of("redis://x", List.of("one:"), "master", "county"))
                .hasMessageStartingWith("maplebridge.redis.sentinels");
        assertThatThrownBy(() -> RedisSettings.of("redis://x", List.of(), "master", "a}b"))
                .hasMessageStartingWith("maplebridge.redis.county");
    }

    private static RedisSettings of(String url) {
        return RedisSettings.of(url, List.of(), "maplebridge", "county");
    }
}
