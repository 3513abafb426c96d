package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.spi.merge.LatestUpdateMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;

/// Hazelcast's configuration: quiet, bound to one address, and quick to notice a dead member.
final class MemberConfig {
    static final String PRESENCE = "presence";
    static final String FLOORS = "floors";
    static final String ARBITERS = "arbiters";
    static final String SOURCES = "sources";
    static final String NODES = "nodes";
    static final String ESTATES = "estates";

    /// Under which attribute a member tells who it is.
    static final String ID = "maplebridge.member";

    private static final int BATCH = 1_000;

    private MemberConfig() {}

    static Config of(HazelcastSettings settings) {
        var config = new Config();
        config.setClusterName(settings.cluster());
        config.setInstanceName(settings.self().value());
        config.getMemberAttributeConfig().setAttribute(ID, settings.self().value());
        config.getMetricsConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        SerialFilter.apply(config.getSerializationConfig());
        setProperties(config);
        setNetwork(config.getNetworkConfig(), settings);
        String latest = LatestUpdateMergePolicy.class.getName();
        config.addMapConfig(map(PRESENCE, latest));
        config.addMapConfig(map(SOURCES, latest));
        config.addMapConfig(map(NODES, latest));
        config.addMapConfig(map(ESTATES, latest));
        config.addMapConfig(map(FLOORS, HigherEpochWins.class.getName()));
        // What the larger side has stands.
        config.addMapConfig(map(ARBITERS, PutIfAbsentMergePolicy.class.getName()));
        return config;
    }

    private static void setProperties(Config config) {
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        // A cut link or a frozen member is noticed after three seconds, not after sixty.
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "3");
        // A killed one at once, after as many refused connections as by default, in half the time.
        config.setProperty("hazelcast.connection.monitor.interval", "50");
        // What was asked of it is asked of its successor after 50 ms, not 500, for two minutes as
        // before: sessions that come back wait for such questions.
        config.setProperty("hazelcast.invocation.retry.pause.millis", "50");
        config.setProperty("hazelcast.invocation.max.retry.count", "2500");
        // Halves that find each other again merge after seconds, not after five minutes.
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "8");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        // The relay wants the cores; the bus has little to do.
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.io.input.thread.count", "1");
        config.setProperty("hazelcast.io.output.thread.count", "1");
        config.setProperty("hazelcast.event.thread.count", "2");
    }

    private static void setNetwork(NetworkConfig network, HazelcastSettings settings) {
        boolean alone = settings.members().isEmpty();
        network.setPort(settings.port());
        network.setPortAutoIncrement(alone);
        network.setReuseAddress(true); // a node that was killed comes back at once
        network.getInterfaces().setEnabled(true).addInterface(settings.address());
        network.getRestApiConfig().setEnabled(false);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(!alone).setMembers(settings.members());
    }

    private static MapConfig map(String name, String mergePolicy) {
        return new MapConfig(name)
                .setBackupCount(1)
                .setStatisticsEnabled(false)
                .setPerEntryStatsEnabled(true) // merging looks at when an entry was last written
                .setMergePolicyConfig(new MergePolicyConfig(mergePolicy, BATCH));
    }
}
