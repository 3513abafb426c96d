package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.cluster.History;
import org.maplebridge.load.cluster.HistoryFile;
import org.maplebridge.load.cluster.Nodes;
import org.maplebridge.load.ground.Places;
import org.maplebridge.load.ground.PostgresServer;
import org.maplebridge.load.ground.RedisServer;
import org.maplebridge.load.ground.SharedRecord;
import org.maplebridge.load.ground.Site;
import org.maplebridge.load.ground.TemporaryFolder;
import org.maplebridge.load.ground.Yard;

/// What one part is played on: three nodes, what they stand on, simulated terminals and a history.
///
/// Thread: the bench's.
public final class Stage implements AutoCloseable {
    static final int NODES = 3;
    static final int GROUPS = 4;

    static final int HANDHELDS_A_STATION = 10;

    /// What not every machine has.
    public enum Need {
        NETWORK,
        RECORD,
        REDIS
    }

    /// Not a failure of the nodes: this machine does not have what a part needs.
    public static final class NotHere extends IOException {
        private static final long serialVersionUID = 1;

        NotHere(String what) {
            super(what);
        }
    }

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Path folder;
    private final History history;
    private final @Nullable Yard yard;
    private final @Nullable PostgresServer record;
    private final @Nullable RedisServer redis;
    private final Nodes nodes;
    private final VoiceTerminals fleet;

    private Stage(Part part, Setting setting) throws IOException {
        folder = Files.createTempDirectory("maplebridge-cluster");
        open.add(() -> TemporaryFolder.remove(folder));
        try {
            var file =
                    new HistoryFile(
                            setting.histories().resolve("cluster-" + part.name() + ".jsonl"));
            open.add(file);
            history = new History(file);
            yard = network(part);
            String services = yard == null ? "127.0.0.1" : yard.services();
            record = record(part, services);
            redis = redis(part, services);
            var places = yard == null ? Places.loopback() : yard;
            nodes =
                    Nodes.start(
                            folder, new Site(places, properties()), NODES, part.handhelds(setting));
            open.add(() ->
                    nodes.keepLogs(
                            setting.histories().resolve("cluster-" + part.name() + "-nodes")));
            open.add(nodes);
            fleet = new VoiceTerminals(1);
            open.add(fleet);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// @throws NotHere when this machine does not have what the part needs
    public static Stage open(Part part, Setting setting) throws IOException {
        return new Stage(part, setting);
    }

    private @Nullable Yard network(Part part) throws NotHere {
        try {
            var made = Yard.open(NODES);
            open.add(made);
            return made;
        } catch (IOException e) {
            if (part.needs().contains(Need.NETWORK)) {
                throw new NotHere("no network namespaces: " + e.getMessage());
            }
            return null;
        }
    }

    private @Nullable PostgresServer record(Part part, String address) throws IOException {
        if (PostgresServer.isInstalled()) {
            var started = PostgresServer.start(address);
            open.add(started);
            return started;
        }
        if (part.needs().contains(Need.RECORD)) {
            throw new NotHere("no PostgreSQL is installed");
        }
        return null;
    }

    private @Nullable RedisServer redis(Part part, String address) throws IOException {
        if (!part.needs().contains(Need.REDIS)) {
            return null;
        }
        if (!RedisServer.isInstalled()) {
            throw new NotHere("no redis-server is installed");
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

    /// Closed before everything that is open so far.
    void add(AutoCloseable one) {
        open.add(one);
    }

    History history() {
        return history;
    }

    Nodes nodes() {
        return nodes;
    }

    VoiceTerminals fleet() {
        return fleet;
    }

    /// Whether nodes are in namespaces and the record is a PostgreSQL.
    boolean isWhole() {
        return yard != null && record != null;
    }

    /// Of parts that need it.
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
        @Nullable IOException failure = null;
        for (var one : open.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                failure = failure == null ? new IOException(e) : failure;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
