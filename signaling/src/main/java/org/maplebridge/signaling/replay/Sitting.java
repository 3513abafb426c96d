package org.maplebridge.signaling.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Medium;
import org.maplebridge.dispatch.recording.Recording.Whose;

/// Which stretches of a mediation were recorded: of each person, room by room, picture and sound as
/// one.
///
/// Pure.
public final class Sitting {
    /// @param room its word
    /// @param picture whether there is anything to be seen
    /// @param until absent while it goes on
    /// @param complete whether all that came is in it
    /// @param chains the hashes that vouch for its files
    public record Stretch(
            String person,
            String room,
            boolean picture,
            Instant from,
            @Nullable Instant until,
            boolean complete,
            List<String> chains,
            List<Recording> recordings) {
        public Stretch {
            chains = List.copyOf(chains);
            recordings = List.copyOf(recordings);
        }

        /// Whether some of it is of this span.
        public boolean isOf(Instant begins, Instant ends) {
            return from.isBefore(ends) && (until == null || until.isAfter(begins));
        }
    }

    private record Key(Whose.Seat seat, Instant began) {}

    private Sitting() {}

    /// Oldest first. Files that nothing came into are left out.
    public static List<Stretch> of(List<Recording> recordings) {
        var together = new LinkedHashMap<Key, List<Recording>>();
        for (Recording recording : recordings) {
            if (recording.whose() instanceof Whose.Seat seat && holdsAny(recording)) {
                together.computeIfAbsent(
                                new Key(seat, recording.startedAt()), _ -> new ArrayList<>())
                        .add(recording);
            }
        }
        return together.entrySet().stream()
                .map(entry -> stretch(entry.getKey().seat(), entry.getValue()))
                .toList();
    }

    private static boolean holdsAny(Recording recording) {
        Recording.@Nullable Ending ending = recording.ending();
        return ending == null || (ending.bytes() > 0 && ending.began().isBefore(ending.ended()));
    }

    private static Stretch stretch(Whose.Seat seat, List<Recording> parts) {
        Instant from = parts.getFirst().startedAt();
        @Nullable Instant until = null;
        boolean goesOn = false;
        boolean complete = true;
        boolean picture = false;
        @Nullable Instant first = null;
        var chains = new ArrayList<String>();
        for (Recording part : parts) {
            Recording.@Nullable Ending ending = part.ending();
            picture = picture || part.medium() == Medium.PICTURE;
            if (ending == null) {
                goesOn = true;
                continue;
            }
            first = first == null || ending.began().isBefore(first) ? ending.began() : first;
            until = until == null || ending.ended().isAfter(until) ? ending.ended() : until;
            complete = complete && ending.complete();
            chains.add(ending.chain());
        }
        return new Stretch(
                seat.person(),
                seat.room(),
                picture,
                first == null ? from : first,
                goesOn ? null : until,
                complete,
                chains,
                parts);
    }
}
