package org.maplebridge.signaling.scene;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.order.OrderStep;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.unit.UnitStatus;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.UnitMessage.Status;
import org.maplebridge.signaling.protocol.IncidentNews;
import org.maplebridge.signaling.protocol.OrderNews.Step;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.Point;
import org.maplebridge.signaling.protocol.ServerMessage.UnitNews.Kind;

/// The record's words and the wire's, side by side: neither may change without the other noticing.
///
/// Pure.
public final class Words {
    private Words() {}

    /// `POLICE_ROOM` is `policeRoom`.
    public static String of(Enum<?> constant) {
        var word = new StringBuilder();
        for (var part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            boolean first = word.isEmpty();
            var head = part.substring(0, 1);
            word.append(first ? head : head.toUpperCase(Locale.ROOT))
                    .append(part, 1, part.length());
        }
        return word.toString();
    }

    public static @Nullable Point point(@Nullable GeoPoint point) {
        return point == null ? null : new Point(point.latitude(), point.longitude());
    }

    /// What people call the other systems of a county by their numbers.
    public static String source(Origin.Source source) {
        return switch (source) {
            case HOTLINE_12345 -> "12345";
            case POLICE_110 -> "110";
            case OPERATOR, CITIZEN, GRID, PETITION, DEVICE, OTHER -> of(source);
        };
    }

    public static Kind kind(Unit.Kind kind) {
        return switch (kind) {
            case CAR -> Kind.CAR;
            case HANDHELD -> Kind.HANDHELD;
            case ROOM -> Kind.ROOM;
            case POLICE_ROOM -> Kind.POLICE_ROOM;
            case AGENCY -> Kind.AGENCY;
            case STATION -> Kind.STATION;
            case MEDIATOR -> Kind.MEDIATOR;
            case CENTRE -> Kind.CENTRE;
            case CAMERA -> Kind.CAMERA;
        };
    }

    public static Status status(UnitStatus status) {
        return switch (status) {
            case AVAILABLE -> Status.AVAILABLE;
            case BUSY -> Status.BUSY;
            case BREAK -> Status.BREAK;
        };
    }

    public static UnitStatus status(Status status) {
        return switch (status) {
            case AVAILABLE -> UnitStatus.AVAILABLE;
            case BUSY -> UnitStatus.BUSY;
            case BREAK -> UnitStatus.BREAK;
        };
    }

    public static Severity severity(org.maplebridge.dispatch.model.Severity severity) {
        return switch (severity) {
            case RED -> Severity.RED;
            case ORANGE -> Severity.ORANGE;
            case YELLOW -> Severity.YELLOW;
        };
    }

    public static org.maplebridge.dispatch.model.Severity severity(Severity severity) {
        return switch (severity) {
            case RED -> org.maplebridge.dispatch.model.Severity.RED;
            case ORANGE -> org.maplebridge.dispatch.model.Severity.ORANGE;
            case YELLOW -> org.maplebridge.dispatch.model.Severity.YELLOW;
        };
    }

    public static IncidentNews.IncidentState state(Incident.State state) {
        return switch (state) {
            case RECEIVED -> IncidentNews.IncidentState.RECEIVED;
            case TRANSFERRED -> IncidentNews.IncidentState.TRANSFERRED;
            case HANDLING -> IncidentNews.IncidentState.HANDLING;
            case FEEDBACK -> IncidentNews.IncidentState.FEEDBACK;
            case REVIEW -> IncidentNews.IncidentState.REVIEW;
            case SUPERVISED -> IncidentNews.IncidentState.SUPERVISED;
            case CLOSED -> IncidentNews.IncidentState.CLOSED;
        };
    }

    public static Step step(OrderStep step) {
        return switch (step) {
            case PLACED -> Step.PLACED;
            case DELIVERED -> Step.DELIVERED;
            case READ -> Step.READ;
            case ACCEPTED -> Step.ACCEPTED;
            case REFUSED -> Step.REFUSED;
            case EN_ROUTE -> Step.EN_ROUTE;
            case ARRIVED -> Step.ARRIVED;
            case DONE -> Step.DONE;
        };
    }

    public static OrderStep step(ReportedStep step) {
        return switch (step) {
            case DELIVERED -> OrderStep.DELIVERED;
            case READ -> OrderStep.READ;
            case ACCEPTED -> OrderStep.ACCEPTED;
            case REFUSED -> OrderStep.REFUSED;
            case EN_ROUTE -> OrderStep.EN_ROUTE;
            case ARRIVED -> OrderStep.ARRIVED;
            case DONE -> OrderStep.DONE;
        };
    }
}
