package org.maplebridge.signaling.scene.link;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.floor.Carrying.Talker;

/// The words that nodes write to each other about sections of their links. A node that is left out
/// of a letter is the one that reads it, so nodes which know of no steps in between understand.
///
/// Pure. Thread: any, immutable.
record Letter(Map<String, String> fields) {
    private static final String BETWEEN = "\n";

    static Map<String, String> silent(String mid, long epoch) {
        return Map.of("mid", mid, "epoch", Long.toString(epoch));
    }

    static Map<String, String> said(
            String mid, long epoch, Talker talker, Collection<MemberId> hearers) {
        var fields = new HashMap<>(silent(mid, epoch));
        fields.put("talker", talker.microphone().value());
        fields.put("home", talker.home().value());
        fields.put(
                "to",
                hearers.stream()
                        .map(MemberId::value)
                        .sorted()
                        .collect(Collectors.joining(BETWEEN)));
        return fields;
    }

    static Map<String, String> want(String mid, Wish wish) {
        return Map.of("mid", mid, "at", wish.owner().value());
    }

    static Map<String, String> unheard(long epoch, String reason) {
        return Map.of("epoch", Long.toString(epoch), "reason", reason);
    }

    static Map<String, String> refused(String mid, String reason) {
        return Map.of("mid", mid, "reason", reason);
    }

    static Map<String, String> place(Place place, boolean asks) {
        return Map.of(
                "network",
                place.network(),
                "gateway",
                Boolean.toString(place.gateway()),
                "asks",
                Boolean.toString(asks));
    }

    static Letter of(Envelope envelope) {
        return new Letter(envelope.fields());
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    String mid() {
        return field("mid");
    }

    String reason() {
        return field("reason");
    }

    long epoch() {
        return Long.parseLong(fields.getOrDefault("epoch", "0"));
    }

    Talker talker() {
        return new Talker(new SourceId(field("talker")), new NodeId(field("home")));
    }

    Set<MemberId> hearers(MemberId reader) {
        var to = field("to");
        return to.isEmpty()
                ? Set.of(reader)
                : Arrays.stream(to.split(BETWEEN)).map(MemberId::new).collect(Collectors.toSet());
    }

    MemberId owner(MemberId reader) {
        var at = field("at");
        return at.isEmpty() ? reader : new MemberId(at);
    }

    Place place() {
        return new Place(
                fields.getOrDefault("network", Place.UNSAID.network()),
                Boolean.parseBoolean(field("gateway")));
    }

    boolean asks() {
        return Boolean.parseBoolean(field("asks"));
    }
}
