package org.maplebridge.signaling.command;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Section;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.MediaLeg;

/// What the sections of an offer are said to be for.
///
/// Pure.
public final class OfferedSections {
    private OfferedSections() {}

    public static Optional<Refusal> fault(List<Section> sections) {
        var mids = new HashSet<String>();
        var purposes = new HashSet<String>();
        for (var section : sections) {
            boolean tiled =
                    section.use() == MediaMessage.Use.PICTURE
                            || section.use() == MediaMessage.Use.SOUND;
            boolean single = section.use() != MediaMessage.Use.VOICE;
            if (tiled != (section.tile() != null)) {
                return malformed("tile", "Exactly picture and sound belong to a tile.");
            }
            if (!mids.add(section.mid())) {
                return malformed("mid", "A mid stands there twice.");
            }
            if (single && !purposes.add(section.use() + "/" + section.tile())) {
                return malformed("use", "Two sections are for the same.");
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> malformed(String field, String detail) {
        return Optional.of(Refusal.field(RefusalCode.MALFORMED, field, detail));
    }

    public static MediaLeg receiving(List<Section> sections, LegId id) {
        var pictures = new HashMap<Integer, String>();
        var sounds = new HashMap<Integer, String>();
        for (var section : sections) {
            @Nullable Integer tile = section.tile();
            if (tile != null) {
                (section.use() == MediaMessage.Use.PICTURE ? pictures : sounds)
                        .put(tile, section.mid());
            }
        }
        var tiles = new HashMap<Integer, MediaLeg.Tile>();
        for (var section : sections) {
            @Nullable Integer tile = section.tile();
            if (tile != null) {
                tiles.put(tile, new MediaLeg.Tile(pictures.get(tile), sounds.get(tile)));
            }
        }
        var voices =
                sections.stream()
                        .filter(section -> section.use() == MediaMessage.Use.VOICE)
                        .map(Section::mid)
                        .toList();
        return new MediaLeg(id, tiles, voices);
    }
}
