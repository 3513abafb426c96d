package org.maplebridge.dispatch.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.MemberId;

/// A member calls nobody it was not told of.
class MemberConfigTest {
    private static final Config ALONE =
            MemberConfig.of(HazelcastSettings.alone(new MemberId("one")));
    private static final List<String> MEMBERS = List.of("10.0.0.1:5701", "10.0.0.2:5701");
    private static final Config JOINED =
            MemberConfig.of(
                    new HazelcastSettings(
                            "county", new MemberId("two"), "10.0.0.2", 5701, MEMBERS));

    @Test
    void neitherHomeNorCloudNorMulticastIsEverTried() {
        for (Config config : List.of(ALONE, JOINED)) {
            JoinConfig join = config.getNetworkConfig().getJoin();
            assertThat(join.getMulticastConfig().isEnabled()).isFalse();
            assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
            assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        }
    }

    @Test
    void onlyTheChosenAddressIsBound() {
        assertThat(JOINED.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(JOINED.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
        assertThat(JOINED.getNetworkConfig().getInterfaces().getInterfaces())
                .containsExactly("10.0.0.2");
        assertThat(ALONE.getNetworkConfig().getInterfaces().getInterfaces())
                .containsExactly("127.0.0.1");
    }

    @Test
    void aLoneNodeJoinsNobodyAndAMemberOnlyThoseItWasTold() {
        assertThat(ALONE.getNetworkConfig().getJoin().getTcpIpConfig().isEnabled()).isFalse();
        assertThat(ALONE.getNetworkConfig().isPortAutoIncrement()).isTrue();
        assertThat(JOINED.getNetworkConfig().getJoin().getTcpIpConfig().getMembers())
                .isEqualTo(MEMBERS);
        assertThat(JOINED.getNetworkConfig().isPortAutoIncrement()).isFalse();
    }

    @Test
    void floorsAreKeptTwice() {
        assertThat(JOINED.getMapConfig(MemberConfig.FLOORS).getBackupCount()).isEqualTo(1);
    }
}
