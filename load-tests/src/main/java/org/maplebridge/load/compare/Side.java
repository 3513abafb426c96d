package org.maplebridge.load.compare;

import java.io.IOException;
import java.util.List;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.media.srtp.SrtpProfile;

/// A contender that runs, and its terminals.
///
/// Thread: the scenario's.
final class Side implements AutoCloseable {
    private final Contender contender;
    private final RunningServer server;
    private final Fleet fleet;
    private final boolean video;
    private final List<SrtpProfile> profiles;
    private final boolean feedback;

    private Side(
            Contender contender,
            RunningServer server,
            boolean video,
            List<SrtpProfile> profiles,
            boolean feedback) {
        this.contender = contender;
        this.server = server;
        this.video = video;
        this.profiles = profiles;
        this.feedback = feedback;
        this.fleet = new Fleet(server.door(), "car", video, profiles, feedback);
    }

    static Side start(
            Contender contender, Workload work, List<SrtpProfile> profiles, boolean feedback)
            throws IOException {
        var side =
                new Side(contender, contender.starter().start(), work.video(), profiles, feedback);
        try {
            for (int i = 0; i < work.publishers(); i++) {
                side.fleet.publish(work.pattern(i));
            }
        } catch (IOException e) {
            side.close();
            throw new IOException(contender.name() + ": " + e.getMessage(), e);
        }
        return side;
    }

    Contender contender() {
        return contender;
    }

    RunningServer server() {
        return server;
    }

    Fleet fleet() {
        return fleet;
    }

    /// More receivers of the same.
    ///
    /// @param name how their legs begin
    Fleet more(String name) {
        return new Fleet(server.door(), "car", name, video, profiles, feedback);
    }

    /// Opens so many receivers more for a moment.
    ///
    /// @return processor time of the server until all are connected, milliseconds for each
    double joinMillis(String name, int receivers) throws IOException {
        var joining = more(name);
        try (joining) {
            long before = server.figures().cpuNanos();
            joining.growTo(receivers);
            double spent = (server.figures().cpuNanos() - before) / 1e6 / receivers;
            return spent;
        } finally {
            joining.leave();
        }
    }

    @Override
    public void close() {
        fleet.close();
        server.close();
    }
}
