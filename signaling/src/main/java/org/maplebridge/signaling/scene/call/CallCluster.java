package org.maplebridge.signaling.scene.call;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.call.CallInput;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Private calls over all nodes: carries what [Calls] of different nodes say to each other over the
/// bus. A letter that cannot be read, is late or comes from a node that is gone is dropped.
///
/// Thread: any; letters are written and read in a mailbox, which also keeps their order.
public final class CallCluster implements CallPost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallCluster.class);

    /// Who hears nothing for so long says that nobody is there; a caller does not wait longer.
    private static final long ANSWER_MILLIS = 1_000;

    private static final long REPEAT_MILLIS = 5_000;

    private final Calls calls;
    private final DispatchBus bus;
    private final CallLetters letters;
    private final Mailbox mailbox = new Mailbox("calls");
    private final Map<String, CompletableFuture<List<CallDevices.Offer>>> asked =
            new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions;

    public CallCluster(
            Calls calls,
            DispatchBus bus,
            Peers peers,
            Roster roster,
            ScheduledExecutorService timer) {
        this.calls = calls;
        this.bus = bus;
        letters = new CallLetters(bus.self(), peers, roster);
        subscriptions =
                List.of(
                        bus.subscribe(Topic.CALLS, letter -> mailbox.post(() -> hear(letter))),
                        bus.onMembershipChange(change -> mailbox.post(() -> changed(change))));
        calls.postBy(this);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> mailbox.post(calls::repeat),
                        REPEAT_MILLIS,
                        REPEAT_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    /// Thread: the caller's session; looks into the bus' registry and waits.
    @Override
    public List<CallDevices.Offer> devices(UnitId unit) {
        var members = bus.members();
        var nodes =
                bus.presence().ofUnit(unit).stream()
                        .map(Connection::member)
                        .filter(node -> !node.equals(bus.self()) && members.contains(node))
                        .distinct()
                        .toList();
        var answers = nodes.stream().map(node -> ask(node, unit)).toList();
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not all of {} say who is there of {}", nodes, unit);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        asked.values().removeAll(answers);
        return answers.stream().flatMap(answer -> answer.getNow(List.of()).stream()).toList();
    }

    private CompletableFuture<List<CallDevices.Offer>> ask(MemberId node, UnitId unit) {
        var ticket = UUID.randomUUID().toString();
        var answer = new CompletableFuture<List<CallDevices.Offer>>();
        asked.put(ticket, answer);
        send(node, "whoIsThere", unit.value(), Map.of("ticket", ticket));
        return answer;
    }

    @Override
    public void stands(Call call, Map<SessionId, Call.Ending> endings) {
        if (!call.nodes().isEmpty()) {
            var fields = letters.write(call, endings);
            call.nodes().forEach(node -> post(node, "stands", call.id().value(), fields));
        }
    }

    @Override
    public void happened(Call call, CallInput input, @Nullable String reason) {
        var fields = CallLetters.write(input, reason);
        post(call.decidedBy(), "happened", call.id().value(), fields);
    }

    @Override
    public void there(Call call, List<SessionId> here) {
        var lines = String.join("\n", here.stream().map(SessionId::value).toList());
        var fields = Map.of("number", Long.toString(call.number()), "people", lines);
        post(call.decidedBy(), "there", call.id().value(), fields);
    }

    @Override
    public void gone(MemberId node, CallId call) {
        post(node, "gone", call.value(), Map.of());
    }

    @Override
    public void came(Peer peer) {
        peer.unit().ifPresent(unit -> publish("came", unit, Map.of("who", letters.line(peer))));
    }

    @Override
    public void missing(UnitId unit) {
        publish("missing", unit, Map.of());
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Left(var node) -> calls.lost(node);
            case MembershipChange.Joined _, MembershipChange.Merged _ -> {}
        }
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
        return switch (letter.kind()) {
            case "stands" -> stands(letter);
            case "happened" -> happened(letter);
            case "there" -> there(letter);
            case "gone" -> {
                calls.gone(letter.from(), new CallId(letter.subject()));
                yield true;
            }
            case "came" ->
                    letters.somebody(letter.fields().getOrDefault("who", ""))
                            .filter(peer -> peer.member().equals(letter.from()))
                            .map(peer -> {
                                calls.came(peer);
                                return peer;
                            })
                            .isPresent();
            case "missing" -> {
                calls.sayWhoIsHere(new UnitId(letter.subject()));
                yield true;
            }
            case "whoIsThere" -> {
                var fields = new HashMap<String, String>();
                fields.put("ticket", letter.fields().getOrDefault("ticket", ""));
                fields.putAll(letters.write(calls.devicesOf(new UnitId(letter.subject()))));
                send(letter.from(), "isThere", letter.subject(), fields);
                yield true;
            }
            case "isThere" -> {
                @Nullable CompletableFuture<List<CallDevices.Offer>> answer =
                        asked.remove(letter.fields().getOrDefault("ticket", ""));
                if (answer != null) {
                    answer.complete(letters.offers(letter));
                }
                yield true;
            }
            default -> false;
        };
    }

    private boolean stands(Envelope letter) {
        var standing = letters.standing(letter);
        standing.ifPresent(read -> calls.stands(read.call(), read.endings()));
        return standing.isPresent();
    }

    private boolean happened(Envelope letter) {
        var input = CallLetters.input(letter);
        var call = new CallId(letter.subject());
        input.ifPresent(
                read -> calls.happened(letter.from(), call, read, letter.fields().get("reason")));
        return input.isPresent();
    }

    private boolean there(Envelope letter) {
        var present = CallLetters.present(letter);
        var call = new CallId(letter.subject());
        present.ifPresent(read -> calls.there(letter.from(), call, read.number(), read.people()));
        return present.isPresent();
    }

    private void post(MemberId to, String kind, String subject, Map<String, String> fields) {
        mailbox.post(() -> send(to, kind, subject, fields));
    }

    private void send(MemberId to, String kind, String subject, Map<String, String> fields) {
        bus.send(to, Topic.CALLS, new Envelope(bus.self(), kind, subject, fields));
    }

    private void publish(String kind, UnitId unit, Map<String, String> fields) {
        mailbox.post(() ->
                bus.publish(Topic.CALLS, new Envelope(bus.self(), kind, unit.value(), fields)));
    }
}
