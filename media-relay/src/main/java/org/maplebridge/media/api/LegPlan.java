package org.maplebridge.media.api;

import java.util.Map;

/// What a leg's media sections are for; keys are MIDs of the offer.
///
/// A section on which the peer sends and that is not in `publishes` is refused (its direction is
/// answered `inactive`). A section on which the peer receives is a slot, empty until
/// [MediaRelay#attach].
///
/// @param affinity legs with equal affinity share a home loop: a town, an incident
/// @param publishes section on which the peer sends → the source its packets become
/// @param syncGroups slot → name of the media stream it belongs to (`a=msid`); slots of one name
///   are played in lip sync by browsers. Absent: a stream of its own
/// @param redundancy of its voice slots; AUTO but for tests and measurements
/// @param layers whether its pictures may come as simulcast layers; else the first one offered is
///   sent alone
public record LegPlan(
        String affinity,
        Map<String, SourceId> publishes,
        Map<String, String> syncGroups,
        Redundancy redundancy,
        boolean layers) {
    public LegPlan(
            String affinity,
            Map<String, SourceId> publishes,
            Map<String, String> syncGroups,
            Redundancy redundancy) {
        this(affinity, publishes, syncGroups, redundancy, false);
    }

    public LegPlan(
            String affinity, Map<String, SourceId> publishes, Map<String, String> syncGroups) {
        this(affinity, publishes, syncGroups, Redundancy.AUTO);
    }

    public LegPlan {
        publishes = Map.copyOf(publishes);
        syncGroups = Map.copyOf(syncGroups);
    }
}
