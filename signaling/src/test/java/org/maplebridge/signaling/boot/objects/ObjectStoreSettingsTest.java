package org.maplebridge.signaling.boot.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.signaling.boot.StartRefused;
import org.springframework.mock.env.MockEnvironment;

/// Each setting of an object store that cannot be is refused by its name, and no key is shown.
class ObjectStoreSettingsTest {
    private static final String PREFIX = "maplebridge.object-store.";
    private static final String SECRET = "a secret of the county";

    @ParameterizedTest
    @CsvSource({
        "endpoint,ftp://store,endpoint must be",
        "endpoint,http://store:99999,endpoint must be",
        "endpoint,http://store/bucket,endpoint must be",
        "bucket,Recordings,bucket must be",
        "prefix,../up/,prefix must be plain",
        "prefix,noslash,prefix must be plain",
        "region,a b,region must be",
        "access-key,'',access-key is needed",
        "secret-key,'',secret-key is needed",
        "endpoint,'',endpoint is needed",
        "ca,/nowhere/ca.pem,ca cannot be read",
        "keep-local-hours,-1,keep-local-hours must be",
        "copies-mib,1,copies-mib must be",
    })
    void whatCannotBeIsNamed(String property, String value, String sentence) {
        var environment = whole().withProperty(PREFIX + property, value);
        assertThatThrownBy(() -> settings(environment))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(PREFIX + sentence)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void withoutAnEndpointThereIsNone() {
        assertThat(settings(new MockEnvironment()).isOn()).isFalse();
        assertThat(settings(new MockEnvironment())).hasToString("ObjectStore[none]");
    }

    @Test
    void keysAreNotShown() {
        var settings = settings(whole());
        assertThat(settings.isOn()).isTrue();
        assertThat(settings.toString() + settings.place())
                .contains("http://127.0.0.1:9000")
                .doesNotContain(SECRET)
                .doesNotContain("the-key");
    }

    private static ObjectStoreSettings settings(MockEnvironment environment) {
        return new ObjectStoreWiring().objectStoreSettings(environment);
    }

    private static MockEnvironment whole() {
        return new MockEnvironment()
                .withProperty(PREFIX + "endpoint", "http://127.0.0.1:9000")
                .withProperty(PREFIX + "bucket", "some-bucket")
                .withProperty(PREFIX + "access-key", "the-key")
                .withProperty(PREFIX + "secret-key", SECRET);
    }
}
