package org.maplebridge.signaling.group;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.group.Groups.Spoken;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speakers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.floor.RemotePeer;
import org.maplebridge.signaling.security.Roster;

/// Speaking to all of a group at once: the group's floor belongs to one voice until that falls
/// silent. Listeners of all nodes hear it. Of two that begin at the same time at two nodes the one
/// with the lower id stays.
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

    /// The way to the other nodes.
    interface Post {
        /// Somebody of another node who listens to the group. Waits for those nodes, but not long.
        default Optional<RemotePeer> listener(GroupId group) {
            return Optional.empty();
        }

        /// To all: somebody here speaks to a group. Returns at once.
        default void speaks(Spoken spoken) {}

        /// To all: it is over. Returns at once.
        default void silent(Spoken spoken) {}

        /// Whether that node is gone, and it is this one that writes down what ended by that.
        default boolean writesFor(MemberId node) {
            return false;
        }
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
    private volatile Post post = new Post() {};
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

    void postBy(Post way) {
        post = way;
    }

    /// Waits for other nodes when nobody here listens.
    ///
    /// @param pressedNanos when the request came in: what is said from then on belongs to it
    public Outcome begin(Peer peer, CallId id, GroupId group, long pressedNanos) {
        var asked = new Begun(group, peer.person().account());
        Optional<RemotePeer> elsewhere =
                conversations.isHeard(group.asCall(), peer.session())
                        ? Optional.empty()
                        : post.listener(group);
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
            var outcome = speak(new Spoken(id, group, peer), elsewhere, pressedNanos);
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

    private Outcome speak(Spoken spoken, Optional<RemotePeer> elsewhere, long pressedNanos) {
        if (groups.speak(spoken).isPresent()) {
            return Outcome.BUSY;
        }
        var peer = spoken.by();
        var speaking =
                conversations.broadcast(
                        spoken.id(),
                        spoken.group().asCall(),
                        talker(peer),
                        new FloorInput.Request(peer.session(), 0, Severity.YELLOW, false),
                        pressedNanos,
                        elsewhere.map(this::talker),
                        () -> ended(spoken));
        if (speaking != Conversations.Speaking.BEGUN) {
            groups.silence(spoken);
        } else {
            note(JournalKind.BROADCAST_STARTED, spoken);
            post.speaks(spoken);
        }
        news.changed(List.of(spoken.group()));
        return switch (speaking) {
            case BEGUN -> Outcome.BEGUN;
            case BUSY -> Outcome.BUSY;
            case UNHEARD -> Outcome.UNHEARD;
        };
    }

    private Conversations.Talker talker(Peer peer) {
        return new Conversations.Talker(peer, Speakers.of(peer, roster.organisation()));
    }

    private void ended(Spoken spoken) {
        groups.silence(spoken);
        if (spoken.by().isHere()) {
            note(JournalKind.BROADCAST_ENDED, spoken);
            post.silent(spoken);
        } else if (spoken.by() instanceof RemotePeer gone && post.writesFor(gone.member())) {
            note(JournalKind.BROADCAST_ENDED, spoken);
        }
        news.changed(List.of(spoken.group()));
    }

    /// What somebody here speaks to a group now.
    List<Spoken> ours() {
        return groups.spoken().stream().filter(spoken -> spoken.by().isHere()).toList();
    }

    /// Somebody of another node speaks to a group.
    void speaksElsewhere(Spoken spoken) {
        @Nullable Spoken before = groups.spokenTo(spoken.group()).orElse(null);
        if (before != null && before.id().value().compareTo(spoken.id().value()) <= 0) {
            return;
        }
        if (before != null) {
            conversations.part(before.id());
        }
        if (groups.find(spoken.group()).isPresent() && groups.speak(spoken).isEmpty()) {
            boolean hears =
                    conversations.hearBroadcast(
                            spoken.id(),
                            spoken.group().asCall(),
                            spoken.by().session(),
                            () -> ended(spoken));
            if (!hears) {
                groups.silence(spoken);
            }
            news.changed(List.of(spoken.group()));
        }
    }

    /// It is over there.
    void silentElsewhere(MemberId node, CallId id) {
        from(node)
                .filter(spoken -> spoken.id().equals(id))
                .forEach(spoken -> conversations.part(spoken.id()));
    }

    /// Nothing comes from that node any more.
    void lost(MemberId node) {
        from(node).forEach(spoken -> conversations.part(spoken.id()));
    }

    private Stream<Spoken> from(MemberId node) {
        return groups.spoken().stream()
                .filter(spoken ->
                        spoken.by() instanceof RemotePeer remote && remote.member().equals(node));
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
