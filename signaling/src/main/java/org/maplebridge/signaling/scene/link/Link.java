package org.maplebridge.signaling.scene.link;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.api.SourceId;

/// The link to one other node: its leg while it stands, and what both ends want of it, which
/// outlives the leg.
///
/// Of the sections for voice the lower ones are filled by who sends, with what is said, and the
/// upper ones asked for by who receives, as those for pictures are.
///
/// Thread: guarded by [Links].
final class Link {
    static final int PICTURES = 48;
    static final int SPOKEN = 96;
    static final int VOICES = 144;

    /// What is heard from a section there now.
    record Heard(SourceId channel, long epoch) {}

    final MemberId node;
    final Lanes<Talk.Key> spoken = new Lanes<>(0, SPOKEN - 1, LinkPlan::voice);
    final Lanes<Wish> sounds = new Lanes<>(SPOKEN, VOICES - 1, LinkPlan::voice);
    final Lanes<Wish> pictures = new Lanes<>(0, PICTURES - 1, LinkPlan::picture);

    /// What goes out, by section.
    final Map<String, SourceId> sending = new HashMap<>();

    final Map<String, Heard> heard = new HashMap<>();

    /// What the other end asked for, by section.
    final Map<String, Wishes.Asked> asked = new HashMap<>();

    @Nullable LinkEnd offered;
    long offeredNanos;
    @Nullable LegId leg;
    boolean connected;

    Link(MemberId node) {
        this.node = node;
    }

    Lanes<Wish> wanted(boolean picture) {
        return picture ? pictures : sounds;
    }

    static boolean isPicture(String mid) {
        return mid.startsWith("v");
    }

    /// What comes in a section is called so here.
    SourceId sourceOf(String mid) {
        return new SourceId("link:" + node + ":" + mid);
    }

    LinkPlan plan() {
        var publishes = new HashMap<String, SourceId>();
        for (int i = 0; i < PICTURES; i++) {
            publishes.put(LinkPlan.picture(i), sourceOf(LinkPlan.picture(i)));
        }
        for (int i = 0; i < VOICES; i++) {
            publishes.put(LinkPlan.voice(i), sourceOf(LinkPlan.voice(i)));
        }
        return new LinkPlan(node.value(), PICTURES, VOICES, publishes);
    }
}
