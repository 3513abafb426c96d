package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.cluster.Nodes;
import org.maplebridge.load.cluster.part.Stage.Need;
import org.maplebridge.load.ground.Places;
import org.maplebridge.load.ground.PostgresServer;
import org.maplebridge.load.ground.RedisServer;
import org.maplebridge.load.ground.SharedRecord;
import org.maplebridge.load.ground.Site;
import org.maplebridge.load.ground.TemporaryFolder;
import org.maplebridge.load.ground.Yard;

/// Three nodes and what they stand on, for one part or for several, one after the other.
///
/// Thread: the bench's.
public final class Ground implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Set<Need> missing = EnumSet.noneOf(Need.class);
    private final Path folder;
    private final @Nullable Yard yard;
    private final @Nullable PostgresServer record;
    private final @Nullable RedisServer redis;
    private final Nodes nodes;

    /// @param parts that are going to be played on it
    public Ground(List<Part> parts, Setting setting) throws IOException {
        folder = Files.createTempDirectory("maplebridge-cluster");
        open.add(() -> TemporaryFolder.remove(folder));
        try {
            yard = network();
            String services = yard == null ? "127.0.0.1" : yard.services();
            record = record(services);
            boolean telemetry = parts.stream().anyMatch(p -> p.needs().contains(Need.REDIS));
            redis = telemetry ? redis(services) : null;
            var site = new Site(yard == null ? Places.loopback() : yard, properties());
            int handhelds = parts.stream().mapToInt(p -> p.handhelds(setting)).max().orElse(0);
            nodes = Nodes.start(folder, site, Stage.NODES, handhelds, setting.firstClassPath());
            var name = parts.size() == 1 ? "cluster-" + parts.getFirst().name() : "cluster";
            open.add(() -> nodes.keepLogs(setting.histories().resolve(name + "-nodes")));
            open.add(nodes);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private @Nullable Yard network() {
        try {
            var made = Yard.open(Stage.NODES);
            open.add(made);
            return made;
        } catch (IOException e) {
            missing.add(Need.NETWORK);
            return null;
        }
    }

    private @Nullable PostgresServer record(String address) throws IOException {
        if (!PostgresServer.isInstalled()) {
            missing.add(Need.RECORD);
            return null;
        }
        var started = PostgresServer.start(address);
        open.add(started);
        return started;
    }

    private @Nullable RedisServer redis(String address) throws IOException {
        if (!RedisServer.isInstalled()) {
            missing.add(Need.REDIS);
            return null;
        }
        var started = RedisServer.start(address);
        open.add(started);
        return started;
    }

    private List<String> properties() throws IOException {
        var properties = new ArrayList<String>();
        if (record == null) {
            var shared = SharedRecord.start(folder);
            open.add(shared);
            properties.add("--maplebridge.database.url=" + shared.url());
        } else {
            properties.add("--maplebridge.database.url=" + record.url());
        }
        if (redis != null) {
            properties.add("--maplebridge.redis.url=" + redis.url());
        }
        return properties;
    }

    boolean has(Need need) {
        return !missing.contains(need);
    }

    Nodes nodes() {
        return nodes;
    }

    Yard yard() {
        return needed(yard);
    }

    PostgresServer record() {
        return needed(record);
    }

    RedisServer redis() {
        return needed(redis);
    }

    private static <T> T needed(@Nullable T thing) {
        if (thing == null) {
            throw new IllegalStateException("the part did not say that it needs it");
        }
        return thing;
    }

    @Override
    public void close() throws IOException {
        Stage.closeAll(open);
    }
}
