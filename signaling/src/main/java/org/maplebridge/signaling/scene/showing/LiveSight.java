package org.maplebridge.signaling.scene.showing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.security.Roster;

/// Who may see a unit's live picture, by whatever door: who sees the unit, whatever it streams, and
/// the room that one running stream of it is shown to.
///
/// Thread: any.
public final class LiveSight {
    /// @param stream when the one stream began that may be seen; absent for all of them
    public record Right(@Nullable Instant stream) {
        public static final Right ALWAYS = new Right(null);

        public boolean covers(Instant since) {
            return stream == null || stream.equals(stamp(since));
        }
    }

    private final Roster roster;
    private final ConcurrentHashMap<String, Showing> open = new ConcurrentHashMap<>();

    public LiveSight(Roster roster) {
        this.roster = roster;
    }

    /// A stream's name in the record, which knows microseconds.
    public static Instant stamp(Instant since) {
        return since.truncatedTo(ChronoUnit.MICROS);
    }

    public Optional<Right> of(User user, UnitId unit) {
        if (roster.visibility().seesUnit(user, unit, Aspect.LIVE)) {
            return Optional.of(Right.ALWAYS);
        }
        return shownAt(user.node()).stream()
                .filter(showing -> showing.unit().equals(unit))
                .map(Showing::stream)
                .max(Instant::compareTo)
                .map(Right::new);
    }

    public List<Showing> shownAt(NodeId node) {
        return open.values().stream().filter(showing -> showing.node().equals(node)).toList();
    }

    public List<Showing> of(UnitId unit) {
        return open.values().stream().filter(showing -> showing.unit().equals(unit)).toList();
    }

    /// @return whether that is new here
    public boolean show(Showing showing) {
        return open.put(showing.id(), showing) == null;
    }

    /// @return whether it was shown until now
    public boolean hide(Showing showing) {
        return open.remove(showing.id()) != null;
    }
}
