package org.maplebridge.dispatch.hazelcast;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.model.MemberId;

/// The bus stays where strangers cannot reach it.
class PrivateNetworkTest {
    private static final List<String> MEMBERS = List.of("node1:5701", "10.0.0.2:5701");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.254",
                "192.168.7.1",
                "169.254.1.1",
                "::1",
                "fe80::1",
                "fd12:3456::1"
            })
    void privateAddressesAreFine(String address) {
        assertThatCode(() -> settings(address, MEMBERS, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "100.64.0.1",
                "203.0.113.7",
                "2001:db8::1",
                "::ffff:8.8.8.8"
            })
    void publicOnesAreRefusedUnlessAllowed(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(address, MEMBERS, false))
                .withMessageContaining("public address");
        assertThatCode(() -> settings(address, MEMBERS, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "node1", "10.0.0.*", ""})
    void whatIsNotOneAddressIsNeverTaken(String address) {
        for (boolean allowPublic : List.of(true, false)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings(address, MEMBERS, allowPublic))
                    .withMessageContaining("one IP address");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8:5701", "8.8.8.8", "[2001:db8::1]:5701", "2001:db8::1"})
    void aMemberOutThereIsRefusedToo(String member) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("10.0.0.1", List.of("10.0.0.1:5701", member), false));
    }

    private static HazelcastSettings settings(
            String address, List<String> members, boolean allowPublic) {
        return new HazelcastSettings(
                "county", new MemberId("one"), address, 5701, members, allowPublic);
    }
}
