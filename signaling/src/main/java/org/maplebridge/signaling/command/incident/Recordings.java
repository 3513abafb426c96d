package org.maplebridge.signaling.command.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.BurstQuery;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.security.Caller;

/// Whether a conversation that a seat names as its call-back took place and was recorded.
///
/// Thread: any.
public final class Recordings {
    /// A call has a few dozen of them.
    private static final int MOST = 200;

    private final BurstStore bursts;
    private final Hearing hearing;

    public Recordings(BurstStore bursts, Hearing hearing) {
        this.bursts = bursts;
        this.hearing = hearing;
    }

    /// @param conversation id of a call, or of one burst of talk
    /// @param since when the matter was opened, or opened again: what was said before is no answer
    boolean proves(Caller.Person person, String conversation, Instant since, Instant now)
            throws RecordUnavailable {
        var user = person.user();
        for (var burst : said(person, conversation, since, now)) {
            if (!burst.turn().requestedAt().isBefore(since)
                    && hearing.mayHear(person, burst)
                    && isOwn(user, burst)) {
                return true;
            }
        }
        return false;
    }

    private List<Burst> said(Caller.Person person, String conversation, Instant since, Instant now)
            throws RecordUnavailable {
        Optional<Burst> one = bursts.find(new BurstId(conversation));
        return one.isPresent()
                ? List.of(one.get())
                : bursts.list(
                        new BurstQuery(
                                hearing.reader(person),
                                new CallId(conversation),
                                null,
                                since,
                                now.plusSeconds(1),
                                MOST));
    }

    /// Words with their sound, spoken by this person or to the room's own unit.
    static boolean isOwn(User user, Burst burst) {
        @Nullable UnitId unit = user.unit();
        boolean took =
                burst.talker().user().equals(user.id())
                        || (unit != null
                                && (burst.sides().contains(unit)
                                        || burst.listeners().contains(unit)));
        return took && burst.isWords() && burst.audio() != null;
    }
}
