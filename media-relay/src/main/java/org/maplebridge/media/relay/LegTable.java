package org.maplebridge.media.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.leg.Leg;
import org.maplebridge.media.wire.PeerPath;

/// The legs of one loop, by what datagrams and commands call them. A path is found only after a
/// check has proved it, and compared exactly.
///
/// Thread: its media loop.
final class LegTable {
    private final Map<LegId, Leg> byId = new HashMap<>();
    private final Map<PeerPath, Leg> byPath = new HashMap<>();
    private final Map<String, Leg> byFragment = new HashMap<>();
    private final List<Leg> all = new ArrayList<>();
    private final LoopPort port;
    private int next;

    LegTable(LoopPort port) {
        this.port = port;
    }

    @Nullable Leg byId(LegId id) {
        return byId.get(id);
    }

    @Nullable Leg byPath(PeerPath path) {
        return byPath.get(path);
    }

    @Nullable Leg byFragment(String localFragment) {
        return byFragment.get(localFragment);
    }

    void add(Leg leg) {
        byId.put(leg.id(), leg);
        all.add(leg);
        listFragments(leg);
    }

    void remove(Leg leg) {
        byId.remove(leg.id());
        all.remove(leg);
        unlist(leg.listedFragments());
        leg.setListedFragments(List.of());
        for (PeerPath path : leg.listedPaths()) {
            byPath.remove(path);
            port.yields(path);
        }
        leg.listedPaths().clear();
    }

    /// After the leg's ICE credentials changed.
    void listFragments(Leg leg) {
        List<String> now = List.copyOf(leg.transport().localFragments());
        if (now.equals(leg.listedFragments())) {
            return;
        }
        unlist(leg.listedFragments());
        for (String fragment : now) {
            byFragment.put(fragment, leg);
            port.claimsFragment(fragment);
        }
        leg.setListedFragments(now);
    }

    private void unlist(List<String> fragments) {
        for (String fragment : fragments) {
            byFragment.remove(fragment);
            port.yieldsFragment(fragment);
        }
    }

    /// The path is the leg's, whoever had it before: a NAT gave the port to somebody else.
    void addPath(PeerPath path, Leg leg) {
        Leg before = byPath.put(path, leg);
        if (before != null && before != leg) {
            before.listedPaths().remove(path);
        }
        leg.listedPaths().add(path);
        port.claims(path);
    }

    void removePath(PeerPath path, Leg leg) {
        if (byPath.remove(path, leg)) {
            port.yields(path);
        }
        leg.listedPaths().remove(path);
    }

    int size() {
        return all.size();
    }

    /// Each in its turn, so that work for all of them spreads over time.
    Leg takeTurn() {
        if (next >= all.size()) {
            next = 0;
        }
        return all.get(next++);
    }

    List<Leg> snapshot() {
        return List.copyOf(all);
    }
}
