package org.maplebridge.signaling.mediation.telephone;

import java.util.List;

/// What a caller is to be told now, in the languages of the house, and which keys mean something
/// then.
///
/// @param version of the text, which is what a consent is given to
/// @param keys with what they do: `agree`, `refuse`, `recording`, `takeBack`
public record Announcement(String version, String zh, String en, List<Key> keys) {
    public record Key(String key, String does) {}

    public Announcement {
        keys = List.copyOf(keys);
    }
}
