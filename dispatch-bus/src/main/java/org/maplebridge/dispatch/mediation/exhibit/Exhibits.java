package org.maplebridge.dispatch.mediation.exhibit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.model.EvidenceId;

/// What lies on one table right now, in the order in which it was laid there.
///
/// Pure, immutable.
public record Exhibits(List<Exhibit> all) {
    /// As many as people keep apart.
    public static final int MOST = 8;

    public Exhibits {
        all = List.copyOf(all);
    }

    public static Exhibits none() {
        return new Exhibits(List.of());
    }

    public Optional<Exhibit> of(EvidenceId id) {
        return all.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /// In the place of the same thing, or at the end.
    Exhibits with(Exhibit exhibit) {
        var next = new ArrayList<>(all);
        next.replaceAll(one -> one.id().equals(exhibit.id()) ? exhibit : one);
        if (of(exhibit.id()).isEmpty()) {
            next.add(exhibit);
        }
        return new Exhibits(next);
    }

    Exhibits without(EvidenceId id) {
        return new Exhibits(all.stream().filter(one -> !one.id().equals(id)).toList());
    }
}
