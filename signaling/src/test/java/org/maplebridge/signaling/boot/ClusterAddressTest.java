package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.support.TestPropertySourceUtils;

/// A node does not offer the cluster's port to the world.
class ClusterAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "2001:db8::1"})
    void aPublicAddressIsRefusedInWords(String address) {
        assertThatThrownBy(() -> start("maplebridge.cluster.address=" + address))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(address + " is a public address")
                .extracting(e -> ((StartRefused) e).action())
                .asString()
                .contains("maplebridge.cluster.address", "maplebridge.cluster.allow-public=true");
    }

    @Test
    void allInterfacesAtOnceAreRefusedWhateverIsAllowed() {
        assertThatThrownBy(() ->
                        start(
                                "maplebridge.cluster.address=0.0.0.0",
                                "maplebridge.cluster.allow-public=true"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("one IP address");
    }

    private static void start(String... settings) {
        var environment = new StandardEnvironment();
        TestPropertySourceUtils.addInlinedPropertiesToEnvironment(environment, settings);
        TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                environment,
                "maplebridge.cluster.secret=sixteen bytes it is",
                "maplebridge.cluster.members=10.0.0.1:5701,10.0.0.2:5701");
        var properties = MaplebridgeProperties.read(environment, false);
        new FoundationWiring().dispatchBus(properties, new Secrets()).close();
    }
}
