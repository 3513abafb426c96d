package org.maplebridge.load.cluster.part;

import java.nio.file.Path;

/// How the parts are played.
///
/// @param quick whether everything is shorter
/// @param seed decides who is hit and how long people talk
/// @param rounds how many nodes are killed
/// @param histories folder in which each part leaves its history
public record Setting(boolean quick, long seed, int rounds, Path histories) {
    int seconds(int quickly, int thoroughly) {
        return quick ? quickly : thoroughly;
    }
}
