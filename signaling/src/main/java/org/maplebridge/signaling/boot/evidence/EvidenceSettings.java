package org.maplebridge.signaling.boot.evidence;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param directory of the files; empty for `evidence` in the data folder
/// @param shared whether all nodes have the same directory
/// @param unfinishedHours how long something announced is waited for
/// @param unfinishedMib of all senders together
/// @param reserveMib of the disk that stay free
public record EvidenceSettings(
        @DefaultValue("") String directory,
        @DefaultValue("false") boolean shared,
        @DefaultValue("24") int unfinishedHours,
        @DefaultValue("4096") int unfinishedMib,
        @DefaultValue("1024") int reserveMib) {
    static final String PREFIX = "maplebridge.evidence";

    public EvidenceSettings {
        require(!shared || !directory.isEmpty(), "directory is needed where it is shared");
        require(
                unfinishedHours >= 1 && unfinishedHours <= 720,
                "unfinished-hours must be 1 to 720");
        require(unfinishedMib >= 100, "unfinished-mib must be at least 100");
        require(reserveMib >= 0, "reserve-mib must be at least 0");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + "." + sentence);
        }
    }
}
