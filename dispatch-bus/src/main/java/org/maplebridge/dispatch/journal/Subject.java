package org.maplebridge.dispatch.journal;

import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;

/// What an entry is about; an entry may be about several things.
public record Subject(Kind kind, String id) {
    public enum Kind {
        INCIDENT,
        ORDER,
        UNIT,
        CALL,
        NODE,
        MEDIATION
    }

    public static Subject of(IncidentId id) {
        return new Subject(Kind.INCIDENT, id.value());
    }

    public static Subject of(OrderId id) {
        return new Subject(Kind.ORDER, id.value());
    }

    public static Subject of(UnitId id) {
        return new Subject(Kind.UNIT, id.value());
    }

    /// A talk group's entries stand under the group's conversation.
    public static Subject of(CallId id) {
        return new Subject(Kind.CALL, id.value());
    }

    public static Subject of(MediationId id) {
        return new Subject(Kind.MEDIATION, id.value());
    }

    public static Subject of(NodeId id) {
        return new Subject(Kind.NODE, id.value());
    }
}
