package org.maplebridge.signaling.scene;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;

/// Units that are live on other nodes; their pictures and sounds are brought here while somebody
/// here looks.
///
/// Thread: its board's, under that one's lock.
final class LiveAway {
    /// @param picture,sound how they are called here while somebody looks
    /// @param refused why they do not come
    record Away(
            Live live,
            MemberId node,
            @Nullable SourceId picture,
            @Nullable SourceId sound,
            @Nullable String refused) {
        static Away unseen(Live live, MemberId node) {
            return new Away(live, node, null, null, null);
        }

        UnitId unit() {
            return live.unit();
        }

        private Away with(Live now) {
            return new Away(now, node, picture, sound, refused);
        }

        private boolean is(MemberId other, SourceId source) {
            return node.equals(other)
                    && (source.equals(Sources.camera(unit()))
                            || source.equals(Sources.microphone(unit())));
        }
    }

    private final Elsewhere elsewhere;
    private final Map<UnitId, Away> away = new HashMap<>();

    LiveAway(Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
    }

    Optional<Away> of(UnitId unit) {
        return Optional.ofNullable(away.get(unit));
    }

    List<Away> all() {
        return List.copyOf(away.values());
    }

    List<Away> at(MemberId node) {
        return all().stream().filter(there -> there.node().equals(node)).toList();
    }

    /// It is live there, or what it shows there changed; what was brought from elsewhere is let go.
    void put(Live live, MemberId node) {
        var same = of(live.unit()).filter(there -> there.node().equals(node));
        if (same.isEmpty()) {
            drop(live.unit());
        }
        away.put(
                live.unit(),
                same.map(there -> there.with(live)).orElseGet(() -> Away.unseen(live, node)));
    }

    void drop(UnitId unit) {
        @Nullable Away there = away.remove(unit);
        if (there != null) {
            letGo(there);
        }
    }

    /// Nobody here looks any more.
    void rest(UnitId unit) {
        @Nullable Away there = away.get(unit);
        if (there != null) {
            letGo(there);
            away.put(unit, Away.unseen(there.live(), there.node()));
        }
    }

    /// The same with its picture and sound on their way here.
    Away bring(Away there) {
        @Nullable SourceId picture = there.picture();
        @Nullable SourceId sound = there.sound();
        if (picture == null) {
            var camera = Sources.camera(there.unit());
            picture = elsewhere.want(there.node(), camera, true).orElse(null);
        }
        if (sound == null) {
            var microphone = Sources.microphone(there.unit());
            sound = elsewhere.want(there.node(), microphone, false).orElse(null);
        }
        var brought = new Away(there.live(), there.node(), picture, sound, there.refused());
        away.put(there.unit(), brought);
        return brought;
    }

    /// Has it come by another way: it is wanted again before it is let go, so it goes on meanwhile.
    ///
    /// @param wanted brings it again
    void again(Away there, Runnable wanted) {
        away.put(there.unit(), Away.unseen(there.live(), there.node()));
        wanted.run();
        letGo(there);
    }

    /// @return what did not know that this does not come
    List<Away> refuse(MemberId node, SourceId source, String reason) {
        var news =
                all().stream()
                        .filter(there -> there.is(node, source) && !reason.equals(there.refused()))
                        .toList();
        for (var there : news) {
            away.put(
                    there.unit(),
                    new Away(there.live(), node, there.picture(), there.sound(), reason));
        }
        return news;
    }

    private void letGo(Away there) {
        if (there.picture() != null) {
            elsewhere.unwant(there.node(), Sources.camera(there.unit()));
        }
        if (there.sound() != null) {
            elsewhere.unwant(there.node(), Sources.microphone(there.unit()));
        }
    }
}
