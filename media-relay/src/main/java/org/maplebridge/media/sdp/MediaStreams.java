package org.maplebridge.media.sdp;

import java.util.Map;
import org.maplebridge.media.sdp.text.SdpTokens;

/// Names of the media streams slots belong to: `a=msid` (RFC 8830), and the CNAME that goes with
/// it.
///
/// @param syncGroups MID → group, as in [org.maplebridge.media.api.LegPlan]
record MediaStreams(Map<String, String> syncGroups) {
    /// The stream's id. Groups whose names are no SDP tokens get one made of their digits.
    String stream(String mid) {
        String group = syncGroups.get(mid);
        if (group == null) {
            return "slot-" + mid;
        }
        return SdpTokens.token(group) && group.indexOf('/') < 0
                ? group
                : "group-" + Integer.toHexString(group.hashCode());
    }

    /// `stream track`.
    String msid(String mid) {
        return stream(mid) + " track-" + mid;
    }
}
