package org.maplebridge.load.incidents;

/// How large and how long everything is.
///
/// @param quick whether all of it is done within five minutes
/// @param seed decides who reports what, and when nodes are killed
/// @param rounds how many times a node is killed
public record Plan(boolean quick, long seed, int rounds) {
    static final int ALARMS_A_MINUTE = 10_000;

    int alarmSeconds() {
        return quick ? 15 : 60;
    }

    int incidents() {
        return quick ? 10_000 : 100_000;
    }

    int journalEntries() {
        return quick ? 200_000 : 5_000_000;
    }

    /// Of each thing that a page asks.
    int questions() {
        return quick ? 25 : 100;
    }

    int units() {
        return quick ? 500 : 1_500;
    }

    int reportingSeconds() {
        return quick ? 10 : 60;
    }
}
