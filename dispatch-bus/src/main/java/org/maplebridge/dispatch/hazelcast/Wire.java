package org.maplebridge.dispatch.hazelcast;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Arbiter;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Estate;
import org.maplebridge.dispatch.bus.FloorHolder;
import org.maplebridge.dispatch.bus.LiveSource;
import org.maplebridge.dispatch.bus.NodeCard;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// What travels between members and lies in their maps: records of texts and numbers, which
/// Hazelcast writes in its compact form by itself. Two of equal content are equal in that form,
/// which is what replacing and removing by comparison needs.
final class Wire {
    private Wire() {}

    record WireEnvelope(String from, String kind, String subject, String[] fields) {
        static WireEnvelope of(Envelope envelope) {
            return new WireEnvelope(
                    envelope.from().value(),
                    envelope.kind(),
                    envelope.subject(),
                    flat(envelope.fields()));
        }

        Envelope toEnvelope() {
            return new Envelope(new MemberId(from), kind, subject, unflat(fields));
        }
    }

    record WireConnection(
            String place,
            String session,
            String user,
            @Nullable String unit,
            String member,
            String since) {
        static WireConnection of(Connection connection) {
            @Nullable UnitId unit = connection.unit();
            return new WireConnection(
                    connection.place(),
                    connection.session().value(),
                    connection.user().value(),
                    unit == null ? null : unit.value(),
                    connection.member().value(),
                    connection.since().toString());
        }

        Connection toConnection() {
            return new Connection(
                    place,
                    new SessionId(session),
                    new UserId(user),
                    unit == null ? null : new UnitId(unit),
                    new MemberId(member),
                    Instant.parse(since));
        }
    }

    record WireArbiter(String call, String member, long term) {
        static WireArbiter of(Arbiter arbiter) {
            return new WireArbiter(
                    arbiter.call().value(), arbiter.member().value(), arbiter.term());
        }

        Arbiter toArbiter() {
            return new Arbiter(new CallId(call), new MemberId(member), term);
        }
    }

    record WireFloor(String call, long epoch, @Nullable String holder, String member) {
        static WireFloor of(FloorHolder floor) {
            @Nullable SessionId holder = floor.holder();
            return new WireFloor(
                    floor.call().value(),
                    floor.epoch(),
                    holder == null ? null : holder.value(),
                    floor.member().value());
        }

        FloorHolder toHolder() {
            return new FloorHolder(
                    new CallId(call),
                    epoch,
                    holder == null ? null : new SessionId(holder),
                    new MemberId(member));
        }

        WireFloor freed() {
            return new WireFloor(call, epoch, null, member);
        }
    }

    record WireSource(
            String unit, String session, String member, String since, String[] attributes) {
        static WireSource of(LiveSource source) {
            return new WireSource(
                    source.unit().value(),
                    source.session(),
                    source.member().value(),
                    source.since().toString(),
                    flat(source.attributes()));
        }

        LiveSource toSource() {
            return new LiveSource(
                    new UnitId(unit),
                    session,
                    new MemberId(member),
                    Instant.parse(since),
                    unflat(attributes));
        }
    }

    record WireCard(String member, String url, String state, double load) {
        static WireCard of(NodeCard card) {
            return new WireCard(
                    card.member().value(), card.url(), card.state().name(), card.load());
        }

        /// A state that only a newer version knows is none to send people to.
        NodeCard toCard() {
            var known = state.equals(NodeCard.State.UP.name());
            return new NodeCard(
                    new MemberId(member),
                    url,
                    known ? NodeCard.State.UP : NodeCard.State.DRAINING,
                    load);
        }
    }

    record WireEstate(
            String member, String session, String user, boolean terminal, String[] groups) {
        static WireEstate of(Estate estate) {
            return new WireEstate(
                    estate.member().value(),
                    estate.session().value(),
                    estate.user().value(),
                    estate.terminal(),
                    estate.groups().stream().map(GroupId::value).toArray(String[]::new));
        }

        Estate toEstate() {
            return new Estate(
                    new MemberId(member),
                    new SessionId(session),
                    new UserId(user),
                    terminal,
                    Stream.of(groups).map(GroupId::new).toList());
        }
    }

    /// Sorted, so that equal maps are equal arrays.
    private static String[] flat(Map<String, String> map) {
        var flat = new String[map.size() * 2];
        int at = 0;
        for (var entry : new TreeMap<>(map).entrySet()) {
            flat[at++] = entry.getKey();
            flat[at++] = entry.getValue();
        }
        return flat;
    }

    private static Map<String, String> unflat(String[] flat) {
        var map = new TreeMap<String, String>();
        for (int at = 0; at + 1 < flat.length; at += 2) {
            map.put(flat[at], flat[at + 1]);
        }
        return map;
    }
}
