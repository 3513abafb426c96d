package org.maplebridge.signaling.group;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.signaling.group.Groups.Spoken;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.floor.RemotePeer;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what [Broadcasts] of different nodes say to each other over the bus. A letter that
/// cannot be read, is late or comes from a node that is gone is dropped.
///
/// Thread: any; letters are written and read in a mailbox.
public final class BroadcastCluster implements Broadcasts.Post, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BroadcastCluster.class);

    /// Who wants to speak does not wait longer to hear that nobody listens.
    private static final long ANSWER_MILLIS = 1_000;

    /// Usually the floor says that it is over, and lets the last words through first.
    private static final long SILENT_MILLIS = 2_000;

    private final Broadcasts broadcasts;
    private final Conversations conversations;
    private final DispatchBus bus;
    private final Roster roster;
    private final ScheduledExecutorService timer;
    private final Mailbox mailbox = new Mailbox("broadcasts");
    private final Map<String, CompletableFuture<Optional<RemotePeer>>> asked =
            new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions;

    public BroadcastCluster(
            Broadcasts broadcasts,
            Conversations conversations,
            DispatchBus bus,
            Roster roster,
            ScheduledExecutorService timer) {
        this.timer = timer;
        this.broadcasts = broadcasts;
        this.conversations = conversations;
        this.bus = bus;
        this.roster = roster;
        subscriptions =
                List.of(
                        bus.subscribe(Topic.BROADCASTS, letter -> mailbox.post(() -> hear(letter))),
                        bus.onMembershipChange(change -> mailbox.post(() -> changed(change))));
        broadcasts.postBy(this);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    /// Thread: the session of who wants to speak.
    @Override
    public Optional<RemotePeer> listener(GroupId group) {
        var others = bus.members().stream().filter(node -> !node.equals(bus.self())).toList();
        var answers = others.stream().map(node -> ask(node, group)).toList();
        var found = new CompletableFuture<Optional<RemotePeer>>();
        var told =
                answers.stream()
                        .map(answer ->
                                answer.thenAccept(one -> one.ifPresent(_ -> found.complete(one))))
                        .toList();
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
                .thenRun(() -> found.complete(Optional.empty()));
        try {
            return found.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not all of {} say who listens to {}", others, group);
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            asked.values().removeAll(answers);
        }
    }

    private CompletableFuture<Optional<RemotePeer>> ask(MemberId node, GroupId group) {
        var ticket = UUID.randomUUID().toString();
        var answer = new CompletableFuture<Optional<RemotePeer>>();
        asked.put(ticket, answer);
        send(node, "whoListens", group.value(), Map.of("ticket", ticket));
        return answer;
    }

    @Override
    public void speaks(Spoken spoken) {
        mailbox.post(() -> publish("speaks", spoken));
    }

    @Override
    public void silent(Spoken spoken) {
        mailbox.post(() -> publish("silent", spoken));
    }

    private void publish(String kind, Spoken spoken) {
        var fields = new HashMap<String, String>();
        fields.put("group", spoken.group().value());
        fields.put("by", RemotePeer.line(spoken.by(), bus.self()));
        bus.publish(Topic.BROADCASTS, new Envelope(bus.self(), kind, spoken.id().value(), fields));
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Left(var node) -> broadcasts.lost(node);
            case MembershipChange.Joined _, MembershipChange.Merged _ ->
                    broadcasts.ours().forEach(spoken -> publish("speaks", spoken));
        }
    }

    @Override
    public boolean writesFor(MemberId node) {
        var members = bus.members();
        return !members.contains(node)
                && members.stream()
                        .allMatch(other -> bus.self().value().compareTo(other.value()) <= 0);
    }

    private void hear(Envelope letter) {
        var from = letter.from();
        boolean late = from.equals(bus.self()) || !bus.members().contains(from);
        if (!late && !(Ids.isValid(letter.subject()) && read(letter))) {
            LOG.warn("not understood: {}", letter);
        }
    }

    /// @return false when it says nothing that we know
    private boolean read(Envelope letter) {
        var fields = letter.fields();
        return switch (letter.kind()) {
            case "speaks" -> speaks(letter);
            case "silent" -> {
                var id = new CallId(letter.subject());
                Runnable late = () -> broadcasts.silentElsewhere(letter.from(), id);
                var unused =
                        timer.schedule(
                                () -> mailbox.post(late), SILENT_MILLIS, TimeUnit.MILLISECONDS);
                yield true;
            }
            case "whoListens" -> {
                answer(letter);
                yield true;
            }
            case "listens" -> {
                @Nullable CompletableFuture<Optional<RemotePeer>> answer =
                        asked.remove(fields.getOrDefault("ticket", ""));
                if (answer != null) {
                    answer.complete(peer(letter, "who"));
                }
                yield true;
            }
            default -> false;
        };
    }

    private boolean speaks(Envelope letter) {
        var group = letter.fields().getOrDefault("group", "");
        var by = peer(letter, "by");
        boolean readable = Ids.isValid(group) && by.isPresent();
        if (readable) {
            broadcasts.speaksElsewhere(
                    new Spoken(new CallId(letter.subject()), new GroupId(group), by.get()));
        }
        return readable;
    }

    private void answer(Envelope letter) {
        var fields = new HashMap<String, String>();
        fields.put("ticket", letter.fields().getOrDefault("ticket", ""));
        conversations
                .listener(new GroupId(letter.subject()).asCall())
                .ifPresent(peer -> fields.put("who", RemotePeer.line(peer, bus.self())));
        send(letter.from(), "listens", letter.subject(), fields);
    }

    private Optional<RemotePeer> peer(Envelope letter, String field) {
        return Optional.ofNullable(letter.fields().get(field))
                .flatMap(line -> RemotePeer.read(line, roster.organisation()))
                .filter(peer -> peer.member().equals(letter.from()));
    }

    private void send(MemberId to, String kind, String subject, Map<String, String> fields) {
        bus.send(to, Topic.BROADCASTS, new Envelope(bus.self(), kind, subject, fields));
    }
}
