package org.maplebridge.media.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayConfigTest {
    @Test
    void readsAddressesAndPairsOfPublicAndPrivateOnes() {
        var config = RelayConfig.of(10_000, "203.0.113.5=10.0.0.5, 2001:db8::1");

        assertThat(config.addresses())
                .containsExactly(
                        new LocalAddress(
                                InetAddress.ofLiteral("10.0.0.5"),
                                InetAddress.ofLiteral("203.0.113.5")),
                        new LocalAddress(
                                InetAddress.ofLiteral("2001:db8::1"),
                                InetAddress.ofLiteral("2001:db8::1")));
    }

    @Test
    void takesABlankListForEveryAddressOfTheMachine() {
        assertThat(RelayConfig.of(10_000, " ").addresses()).isEmpty();
        assertThat(LocalAddress.ofThisMachine())
                .isNotEmpty()
                .allMatch(address -> address.bound().equals(address.advertised()))
                .noneMatch(address -> address.bound().isLinkLocalAddress())
                .anyMatch(address -> address.bound().isLoopbackAddress());
    }

    @Test
    void tellsPeersOfLoopbackLast() {
        var loopbacks =
                LocalAddress.ofThisMachine().stream()
                        .map(address -> address.bound().isLoopbackAddress())
                        .toList();
        assertThat(loopbacks).isSorted();
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> RelayConfig.of(70_000, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> RelayConfig.of(-1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> RelayConfig.of(1, "media.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> RelayConfig.of(1, "10.0.0.1,"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelayConfig(1, List.of(), 0, 1, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelayConfig(1, List.of(), 1, 0, true));
    }
}
