package org.maplebridge.dispatch.mediation.exhibit;

import java.util.ArrayList;
import java.util.List;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.model.EvidenceId;

/// A picture, video or document that lies on the table.
///
/// Pure, immutable.
///
/// @param by who laid it there
/// @param marks oldest first
public record Exhibit(Thing thing, PersonId by, Audience audience, List<Mark> marks) {
    public static final int MOST_MARKS = 40;

    public enum Kind {
        PICTURE,
        VIDEO,
        DOCUMENT
    }

    /// What can be laid there.
    ///
    /// @param title as its uploader's device called it; empty for what the incident has
    public record Thing(EvidenceId id, Kind kind, String title) {}

    public Exhibit {
        marks = List.copyOf(marks);
    }

    public EvidenceId id() {
        return thing.id();
    }

    Exhibit marked(Mark mark) {
        var more = new ArrayList<>(marks);
        more.add(mark);
        return new Exhibit(thing, by, audience, more);
    }

    Exhibit cleared() {
        return new Exhibit(thing, by, audience, List.of());
    }
}
