package org.maplebridge.signaling.group;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.group.Groups.Spoken;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speakers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.security.Roster;

/// Speaking to all of a group at once: the group's floor belongs to one voice until that falls
/// silent.
///
/// Thread: any. The end of a broadcast is told by who holds the lock of [Conversations]; no lock of
/// ours is taken there.
public final class Broadcasts {
    public enum Outcome {
        BEGUN,
        /// The same broadcast runs, or ran and is over.
        REPEATED,
        BUSY,
        UNHEARD,
        /// The id stands for something else.
        CONFLICT
    }

    /// Repeats come within seconds of what they repeat.
    private static final int REMEMBERED = 1_000;

    /// @param by account
    private record Begun(GroupId group, String by) {}

    private final Groups groups;
    private final Conversations conversations;
    private final GroupNews news;
    private final Chronicle chronicle;
    private final Roster roster;
    private final InstantSource clock;
    private final Map<CallId, Begun> begun =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<CallId, Begun> eldest) {
                    return size() > REMEMBERED;
                }
            };

    public Broadcasts(
            Groups groups,
            Conversations conversations,
            GroupNews news,
            Chronicle chronicle,
            Roster roster,
            InstantSource clock) {
        this.groups = groups;
        this.conversations = conversations;
        this.news = news;
        this.chronicle = chronicle;
        this.roster = roster;
        this.clock = clock;
    }

    public Outcome begin(Peer peer, CallId id, GroupId group) {
        var asked = new Begun(group, peer.person().account());
        synchronized (begun) {
            @Nullable Begun before = begun.get(id);
            if (before != null) {
                return before.equals(asked) ? Outcome.REPEATED : Outcome.CONFLICT;
            }
            boolean taken =
                    conversations.isTaken(id) || groups.find(new GroupId(id.value())).isPresent();
            if (taken) {
                return Outcome.CONFLICT;
            }
            var outcome = speak(new Spoken(id, group, peer));
            if (outcome == Outcome.BEGUN) {
                begun.put(id, asked);
            }
            return outcome;
        }
    }

    public void left(Peer peer) {
        groups.spokenBy(peer.session()).forEach(spoken -> conversations.part(spoken.id()));
    }

    /// Ends what is spoken to this group, because something else takes its floor.
    void cut(GroupId group) {
        groups.spokenTo(group).ifPresent(spoken -> conversations.part(spoken.id()));
    }

    private Outcome speak(Spoken spoken) {
        if (groups.speak(spoken).isPresent()) {
            return Outcome.BUSY;
        }
        var peer = spoken.by();
        var speaking =
                conversations.broadcast(
                        spoken.id(),
                        spoken.group().asCall(),
                        peer,
                        Speakers.of(peer, roster.organisation()),
                        new FloorInput.Request(peer.session(), 0, Severity.YELLOW, false),
                        () -> ended(spoken));
        if (speaking != Conversations.Speaking.BEGUN) {
            groups.silence(spoken);
        } else {
            note(JournalKind.BROADCAST_STARTED, spoken);
        }
        news.changed(List.of(spoken.group()));
        return switch (speaking) {
            case BEGUN -> Outcome.BEGUN;
            case BUSY -> Outcome.BUSY;
            case UNHEARD -> Outcome.UNHEARD;
        };
    }

    private void ended(Spoken spoken) {
        groups.silence(spoken);
        note(JournalKind.BROADCAST_ENDED, spoken);
        news.changed(List.of(spoken.group()));
    }

    private void note(JournalKind kind, Spoken spoken) {
        var user = spoken.by().person().user();
        chronicle.note(
                new Happening(
                        clock.instant(),
                        kind,
                        user.id(),
                        user.seat(),
                        List.of(Subject.of(spoken.group().asCall()), Subject.of(user.node())),
                        Map.of("broadcast", spoken.id().value())));
    }
}
