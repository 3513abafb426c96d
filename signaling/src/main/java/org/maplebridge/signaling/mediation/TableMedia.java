package org.maplebridge.signaling.mediation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.SourceId;

/// One device's peer connection at a table.
///
/// @param tiles which slots show and sound what one other person sends
/// @param camera what it sends; unique for the leg, so that a device that comes back is a new
///   source
/// @param seen whether it has a picture to send at all; a telephone has none
public record TableMedia(
        LegId leg, Map<Integer, Tile> tiles, SourceId camera, SourceId microphone, boolean seen) {
    /// @param picture mid of the slot for the picture, if there is one
    /// @param sound mid of the slot for the sound, if there is one
    public record Tile(@Nullable String picture, @Nullable String sound) {}

    public TableMedia {
        tiles = Map.copyOf(tiles);
    }

    public static TableMedia of(LegId leg, Map<Integer, Tile> tiles) {
        return of(leg, tiles, true);
    }

    /// Of a telephone.
    public static TableMedia voice(LegId leg, Map<Integer, Tile> tiles) {
        return of(leg, tiles, false);
    }

    private static TableMedia of(LegId leg, Map<Integer, Tile> tiles, boolean seen) {
        return new TableMedia(
                leg,
                tiles,
                new SourceId("table:" + leg.value() + ":camera"),
                new SourceId("table:" + leg.value() + ":mic"),
                seen);
    }

    /// The tile whose picture comes in this slot.
    @Nullable Integer tileAt(String mid) {
        return tiles.entrySet().stream()
                .filter(tile -> mid.equals(tile.getValue().picture()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
