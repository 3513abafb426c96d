package org.maplebridge.signaling.boot.mediation;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param invitationHours how long a link opens
/// @param placeHours how long the device that opened it comes back by itself
/// @param ringSeconds how long an expert is rung
/// @param font a file with Chinese for papers, `,n` behind it for the n-th of a collection; empty
///   for the first of the usual places
/// @param key file with the key that seals names and numbers, 32 bytes in base 64; empty for
///   `mediation.key` in the data folder, made at the first start. All nodes need the same
/// @param seal file of the site's seal, a PNG, printed beside the mediator's name; empty for a room
///   to put it by hand
/// @param address of the pages as people outside reach them, for codes on paper; empty for none
public record MediationSettings(
        @DefaultValue("72") int invitationHours,
        @DefaultValue("24") int placeHours,
        @DefaultValue("40") int ringSeconds,
        @DefaultValue("") String font,
        @DefaultValue("") String key,
        @DefaultValue("") String seal,
        @DefaultValue("") String address) {
    static final String PREFIX = "maplebridge.mediation";

    private static final int MOST_HOURS = 720;

    public MediationSettings {
        require(
                invitationHours >= 1 && invitationHours <= MOST_HOURS,
                "invitation-hours must be 1 to 720");
        require(ringSeconds >= 5 && ringSeconds <= 300, "ring-seconds must be 5 to 300");
        require(placeHours >= 1 && placeHours <= MOST_HOURS, "place-hours must be 1 to 720");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + "." + sentence);
        }
    }
}
