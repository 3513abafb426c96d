package org.maplebridge.load.county;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// Handhelds at one node that was started with `maplebridge.demo.handhelds`, and the city centre.
///
/// Thread: the scenario's; the sessions' heartbeat has one of its own.
public final class County implements AutoCloseable {
    private static final int SIGNING_IN_AT_ONCE = 8;
    private static final int ARRIVING_AT_ONCE = 32;

    /// More at once would run into each other's handshake time-outs where processors are few.
    private static final int CONNECTING_AT_ONCE = 16;

    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final int HEARTBEATS_A_ROUND = 100;

    /// Handhelds that talk with each other: all of a group that take part here.
    public record Talkers(String group, List<Handheld> members) {}

    private final NodeDoor door;
    private final NodeProcess node;
    private final VoiceTerminals terminals;
    private final List<String> accounts;
    private final List<String> tokens = new ArrayList<>();
    private final List<Handheld> present = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService heartbeat =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("heartbeats").factory());
    private final LongAdder told = new LongAdder();
    private int beat;

    /// @param mediaThreads of this process
    public County(NodeProcess node, int handhelds, int mediaThreads) {
        this(node, accounts(handhelds), mediaThreads);
    }

    /// @param accounts of those who come to this node
    public County(NodeProcess node, List<String> accounts, int mediaThreads) {
        this.node = node;
        this.door = new NodeDoor(node.uri());
        this.terminals = new VoiceTerminals(mediaThreads);
        this.accounts = List.copyOf(accounts);
        long period = HEARTBEAT_MILLIS / HEARTBEATS_A_ROUND;
        var unused =
                heartbeat.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    /// Of all handhelds, in their order; ten after each other are of one work station.
    public static List<String> accounts(int handhelds) {
        return IntStream.rangeClosed(1, handhelds)
                .mapToObj(n -> String.format(Locale.ROOT, "handheld-%04d", n))
                .toList();
    }

    /// A part of the sessions each time, so that the server is not asked by all at once.
    private void beat() {
        int at = beat++ % HEARTBEATS_A_ROUND;
        for (int i = at; i < present.size(); i += HEARTBEATS_A_ROUND) {
            present.get(i).signalling().ping();
        }
    }

    public NodeDoor door() {
        return door;
    }

    public VoiceTerminals terminals() {
        return terminals;
    }

    /// How many messages the nodes told the handhelds.
    public long told() {
        return told.sum();
    }

    public List<Handheld> present() {
        return List.copyOf(present);
    }

    public List<Handheld> withMedia() {
        return present.stream().filter(handheld -> handheld.media().isPresent()).toList();
    }

    public void signIn() throws IOException {
        tokens.addAll(
                AtOnce.each(
                        accounts,
                        SIGNING_IN_AT_ONCE,
                        account -> door.signIn(account, node.password())));
    }

    /// Opens sessions until there are `count`.
    public void arrive(int count) throws IOException {
        var coming = IntStream.range(present.size(), count).boxed().toList();
        present.addAll(
                AtOnce.each(coming, ARRIVING_AT_ONCE, i -> arrive(accounts.get(i), tokens.get(i))));
    }

    /// Opens peer connections until `count` handhelds have one.
    public void openMedia(int count) throws IOException {
        var coming =
                present.stream()
                        .limit(count)
                        .filter(handheld -> handheld.media().isEmpty())
                        .toList();
        AtOnce.each(
                coming,
                CONNECTING_AT_ONCE,
                handheld -> {
                    handheld.openMedia(terminals);
                    return handheld;
                });
    }

    /// These go and come again, each with a new session and a new peer connection.
    ///
    /// @param dropped whether their connections fail, and nobody says goodbye
    public void comeAgain(List<Handheld> leaving, boolean dropped) throws IOException {
        present.removeAll(leaving);
        for (Handheld handheld : leaving) {
            if (dropped) {
                handheld.drop();
                handheld.media().ifPresent(VoiceTerminal::close);
            } else {
                handheld.close();
            }
        }
        var back =
                AtOnce.each(
                        leaving,
                        CONNECTING_AT_ONCE,
                        former -> {
                            String token = tokens.get(accounts.indexOf(former.account()));
                            var handheld = arrive(former.account(), token);
                            handheld.openMedia(terminals);
                            return handheld;
                        });
        present.addAll(back);
    }

    private Handheld arrive(String account, String token) throws IOException {
        return Handheld.arrive(door, account, token, Device.TERMINAL, (_, _) -> told.increment());
    }

    /// The city centre's dispatcher at a console, with a peer connection.
    public Handheld city() throws IOException {
        var token = door.signIn("city", node.password());
        var city = Handheld.arrive(door, "city", token, Device.CONSOLE, (_, _) -> {});
        city.openMedia(terminals);
        present.add(city);
        return city;
    }

    /// The smallest group of each handheld with everybody in it who can talk: a work station's, if
    /// the county has such groups.
    public List<Talkers> smallGroups() {
        return smallGroups(withMedia());
    }

    /// As [#smallGroups()], of people at whichever nodes.
    public static List<Talkers> smallGroups(Collection<Handheld> people) {
        Map<String, List<Handheld>> byGroup = new LinkedHashMap<>();
        for (Handheld handheld : people) {
            smallestOf(handheld)
                    .ifPresent(group ->
                            byGroup.computeIfAbsent(group, _ -> new ArrayList<>()).add(handheld));
        }
        return byGroup.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= 2)
                .map(entry -> new Talkers(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    /// Groups above a hundred members are told without them.
    private static Optional<String> smallestOf(Handheld handheld) {
        return handheld.groups().values().stream()
                .filter(Group::affiliated)
                .filter(group -> !group.members().isEmpty())
                .min(
                        Comparator.comparingInt((Group group) -> group.members().size())
                                .thenComparing(Group::id))
                .map(Group::id);
    }

    /// Sessions that the server ended or cut, and why.
    public List<String> lost() {
        return present.stream()
                .filter(handheld -> !handheld.signalling().isOpen() || handheld.isMediaLost())
                .map(handheld ->
                        handheld.account()
                                + " (close code "
                                + handheld.signalling().closeCode()
                                + ")")
                .toList();
    }

    @Override
    public void close() {
        heartbeat.shutdownNow();
        present.forEach(Handheld::close);
        terminals.close();
        door.close();
    }
}
