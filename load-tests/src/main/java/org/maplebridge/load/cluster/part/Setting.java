package org.maplebridge.load.cluster.part;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// How the parts are played.
///
/// @param quick whether everything is shorter
/// @param seed decides who is hit and how long people talk
/// @param rounds how many nodes are killed
/// @param firstClassPath of the build that nodes run until they are started again
/// @param histories folder in which each part leaves its history
public record Setting(boolean quick, long seed, int rounds, String firstClassPath, Path histories) {
    int seconds(int quickly, int thoroughly) {
        return quick ? quickly : thoroughly;
    }

    /// Until everybody who has come is at work.
    long settleNanos() {
        return TimeUnit.SECONDS.toNanos(seconds(3, 5));
    }
}
