package org.maplebridge.signaling.scene;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;

/// What the receiving sections of one leg are for.
///
/// @param tiles by number
/// @param voices mids of the slots for talk
public record MediaLeg(LegId id, Map<Integer, Tile> tiles, List<String> voices) {
    public MediaLeg {
        tiles = Map.copyOf(tiles);
        voices = List.copyOf(voices);
    }

    /// @param picture mid of the slot for the picture, if there is one
    /// @param sound mid of the slot for the sound, if there is one
    public record Tile(@Nullable String picture, @Nullable String sound) {}
}
