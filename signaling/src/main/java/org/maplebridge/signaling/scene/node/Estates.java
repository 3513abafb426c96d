package org.maplebridge.signaling.scene.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Estate;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.scene.Peer;

/// Keeps on the bus what each session of this node leaves to its successor, and knows whom those
/// that came from elsewhere succeed.
///
/// Thread: any.
public final class Estates {
    /// @param key under which only its client finds it
    /// @param former whose place it takes
    private record Own(String key, Estate estate, @Nullable Estate former) {}

    private final DispatchBus bus;
    private final Map<SessionId, Own> bySession = new ConcurrentHashMap<>();

    public Estates(DispatchBus bus) {
        this.bus = bus;
    }

    /// What was left under this key to the same person at the same kind of device.
    public Optional<Estate> left(String key, Peer.Seat seat) {
        return bus.estates()
                .of(key)
                .filter(there -> there.user().equals(seat.user()))
                .filter(there -> there.terminal() == seat.terminal());
    }

    /// A session begins, with nothing or in the place of another one.
    public void begin(SessionId session, String key, Peer.Seat seat, @Nullable Estate former) {
        var groups = former == null ? List.<GroupId>of() : former.groups();
        var estate = new Estate(bus.self(), session, seat.user(), seat.terminal(), groups);
        bySession.put(session, new Own(key, estate, former));
        bus.estates().keep(key, estate);
    }

    /// Whose place this session takes.
    public Optional<Estate> former(SessionId session) {
        return Optional.ofNullable(bySession.get(session))
                .flatMap(own -> Optional.ofNullable(own.former()));
    }

    /// From now on it listens to these, in the order in which they came to it.
    public void listens(SessionId session, List<GroupId> groups) {
        @Nullable Own before = bySession.get(session);
        if (before == null || before.estate().groups().equals(groups)) {
            return;
        }
        var was = before.estate();
        var is = new Estate(was.member(), session, was.user(), was.terminal(), groups);
        if (bySession.replace(session, before, new Own(before.key(), is, before.former()))) {
            bus.estates().keep(before.key(), is);
        }
    }

    /// @param mayGoOn whether it may be taken up again somewhere
    public void end(SessionId session, boolean mayGoOn) {
        @Nullable Own own = bySession.remove(session);
        if (own == null) {
            return;
        }
        if (mayGoOn) {
            bus.estates().letGo(own.key());
        } else {
            bus.estates().forget(own.key());
        }
    }

    /// Keeps the leases; asked every 20 seconds.
    public void renew() {
        var mine = new HashMap<String, Estate>();
        bySession.values().forEach(own -> mine.put(own.key(), own.estate()));
        bus.estates().renew(mine);
    }
}
