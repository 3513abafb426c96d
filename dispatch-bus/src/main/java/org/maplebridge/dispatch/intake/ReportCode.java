package org.maplebridge.dispatch.intake;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.Severity;

/// What a printed code, or a group of devices, stands for: the kind of matter, the place, and which
/// room it goes to.
///
/// @param code in the address that is scanned; an id, no secret
/// @param kind of matter, an id
/// @param severity what is reported by it has at first
public record ReportCode(
        String code,
        Name title,
        String kind,
        String place,
        @Nullable GeoPoint point,
        NodeId node,
        Severity severity) {
    public ReportCode {
        if (!Ids.isValid(code) || !Ids.isValid(kind)) {
            throw new IllegalArgumentException("a code and its kind are ids");
        }
        PlainText.require(place, ReportRules.MAX_PLACE_CHARS);
    }
}
