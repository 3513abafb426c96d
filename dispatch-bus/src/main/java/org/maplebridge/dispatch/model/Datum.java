package org.maplebridge.dispatch.model;

import java.util.Arrays;
import java.util.Optional;

/// What a pair of degrees is measured from. Everything inside is [#WGS_84]; others are turned into
/// it where they come in.
///
/// Pure.
public enum Datum {
    WGS_84("WGS-84"),
    /// China's own geocentric one, the same as WGS 84 to within centimetres.
    CGCS_2000("CGCS2000"),
    /// What public maps of mainland China are drawn in: shifted by up to some seven hundred metres,
    /// from place to place by other ones.
    GCJ_02("GCJ-02");

    private final String code;

    Datum(String code) {
        this.code = code;
    }

    /// As people write it.
    public String code() {
        return code;
    }

    public static Optional<Datum> ofCode(String code) {
        return Arrays.stream(values()).filter(datum -> datum.code.equals(code)).findFirst();
    }

    /// @param there a place in this datum
    public GeoPoint toWgs84(GeoPoint there) {
        return switch (this) {
            case WGS_84, CGCS_2000 -> there;
            case GCJ_02 -> Gcj02.undo(there);
        };
    }
}
