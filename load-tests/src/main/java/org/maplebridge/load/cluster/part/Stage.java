package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.cluster.History;
import org.maplebridge.load.cluster.HistoryFile;
import org.maplebridge.load.cluster.Nodes;
import org.maplebridge.load.ground.PostgresServer;
import org.maplebridge.load.ground.RedisServer;
import org.maplebridge.load.ground.Yard;

/// What one part is played on: three nodes and what they stand on, and of its own simulated
/// terminals and a history.
///
/// Thread: the bench's.
public final class Stage implements AutoCloseable {
    static final int NODES = 3;
    static final int GROUPS = 4;

    static final int HANDHELDS_A_STATION = 10;

    /// What not every machine has.
    public enum Need {
        NETWORK("no network namespaces are allowed"),
        RECORD("no PostgreSQL is installed"),
        REDIS("no redis-server is installed");

        private final String lack;

        Need(String lack) {
            this.lack = lack;
        }
    }

    /// Not a failure of the nodes: this machine does not have what a part needs.
    public static final class NotHere extends IOException {
        private static final long serialVersionUID = 1;

        NotHere(String what) {
            super(what);
        }
    }

    private final Ground ground;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final History history;
    private final VoiceTerminals fleet;

    /// @throws NotHere when this machine does not have what the part needs
    public Stage(Ground ground, Part part, Setting setting) throws IOException {
        this.ground = ground;
        for (var need : part.needs()) {
            if (!ground.has(need)) {
                throw new NotHere(need.lack);
            }
        }
        var file =
                new HistoryFile(setting.histories().resolve("cluster-" + part.name() + ".jsonl"));
        open.add(file);
        history = new History(file);
        fleet = new VoiceTerminals(1);
        open.add(fleet);
    }

    /// Closed before everything that is open so far.
    void add(AutoCloseable one) {
        open.add(one);
    }

    History history() {
        return history;
    }

    Nodes nodes() {
        return ground.nodes();
    }

    VoiceTerminals fleet() {
        return fleet;
    }

    /// Whether nodes are in namespaces and the record is a PostgreSQL.
    boolean isWhole() {
        return ground.has(Need.NETWORK) && ground.has(Need.RECORD);
    }

    /// Of parts that need it.
    Yard yard() {
        return ground.yard();
    }

    PostgresServer record() {
        return ground.record();
    }

    RedisServer redis() {
        return ground.redis();
    }

    @Override
    public void close() throws IOException {
        closeAll(open);
    }

    /// The last one first, all of them whatever happens.
    static void closeAll(List<AutoCloseable> open) throws IOException {
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
