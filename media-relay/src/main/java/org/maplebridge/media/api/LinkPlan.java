package org.maplebridge.media.api;

import java.util.Map;

/// How much a link to another node carries, and what comes of it here. Both nodes make the same
/// sections by rule, each good for both directions: pictures `v0`, `v1`… and voices `a0`, `a1`….
///
/// What goes out in a section is said by [MediaRelay#attach], as for any slot. What the other node
/// sends in it becomes one source here, whatever that node attaches.
///
/// @param affinity as in [LegPlan]
/// @param pictures at most [#MOST]
/// @param voices at most [#MOST]; at least one section in all
/// @param publishes section → the source its packets become; what comes in others is dropped
public record LinkPlan(String affinity, int pictures, int voices, Map<String, SourceId> publishes) {
    /// Of either kind.
    public static final int MOST = 256;

    public LinkPlan {
        if (pictures < 0 || pictures > MOST || voices < 0 || voices > MOST) {
            throw new IllegalArgumentException("0 to " + MOST + " sections of either kind");
        }
        if (pictures + voices == 0) {
            throw new IllegalArgumentException("a link needs at least one section");
        }
        publishes = Map.copyOf(publishes);
    }

    /// The MID of a picture's section.
    public static String picture(int index) {
        return "v" + index;
    }

    /// The MID of a voice's section.
    public static String voice(int index) {
        return "a" + index;
    }
}
