package org.maplebridge.load.ground;

import java.util.List;

/// What all nodes of a county have in common.
///
/// @param properties `--key=value`, by which they find database and Redis
public record Site(Places places, List<String> properties) {
    public Site {
        properties = List.copyOf(properties);
    }
}
