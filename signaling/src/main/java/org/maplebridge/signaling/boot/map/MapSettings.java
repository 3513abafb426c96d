package org.maplebridge.signaling.boot.map;

import org.maplebridge.dispatch.model.Datum;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param folder of GeoJSON files that the map stands on; empty for `map` in the data directory
/// @param datum what their degrees are measured from
record MapSettings(@DefaultValue("") String folder, @DefaultValue("WGS-84") String datum) {
    static final String PREFIX = "maplebridge.map";

    MapSettings {
        if (Datum.ofCode(datum).isEmpty()) {
            throw new IllegalArgumentException(
                    PREFIX + ".datum may be WGS-84, CGCS2000 and GCJ-02");
        }
    }
}
