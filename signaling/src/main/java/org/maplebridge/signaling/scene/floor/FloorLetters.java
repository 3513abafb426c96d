package org.maplebridge.signaling.scene.floor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.FloorText;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;

/// Events of floors as lines of words: how nodes write them to each other. Who takes part is named
/// by session and user; who that is stands in the record that all nodes share.
///
/// Thread: any. What cannot be read is nothing.
final class FloorLetters {
    private final MemberId self;
    private final Peers peers;
    private final Roster roster;

    FloorLetters(MemberId self, Peers peers, Roster roster) {
        this.self = self;
        this.peers = peers;
        this.roster = roster;
    }

    String write(FloorEvent event) {
        return switch (event) {
            case FloorEvent.Entered(var peer, var speaker, var as, var setsUp) ->
                    String.join(
                            " ",
                            "entered",
                            memberOf(peer).value(),
                            peer.person().user().id().value(),
                            String.valueOf(peer.isTerminal()),
                            peer.locale(),
                            as.value(),
                            String.valueOf(setsUp),
                            FloorText.of(speaker));
            case FloorEvent.Left(var who, var as) -> "left " + who + " " + as;
            case FloorEvent.Gone(var who) -> "gone " + who;
            case FloorEvent.Pressed(var request, var as) ->
                    "pressed " + as + " " + FloorText.of(request);
            case FloorEvent.Raised(var to, var by) ->
                    "raised " + to.name() + (by == null ? "" : " " + by);
            case FloorEvent.Happened(var input) -> "happened " + FloorText.of(input);
        };
    }

    Optional<FloorEvent> read(String line) {
        try {
            int space = line.indexOf(' ');
            return space < 0
                    ? Optional.empty()
                    : read(line.substring(0, space), line.substring(space + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<FloorEvent> read(String kind, String rest) {
        return switch (kind) {
            case "entered" -> entered(rest.split(" ", 7));
            case "left" -> {
                var words = rest.split(" ");
                yield words.length == 2
                        ? Optional.of(
                                new FloorEvent.Left(new SessionId(words[0]), new CallId(words[1])))
                        : Optional.empty();
            }
            case "gone" -> Optional.of(new FloorEvent.Gone(new SessionId(rest)));
            case "pressed" -> pressed(rest.split(" ", 2));
            case "raised" -> {
                var words = rest.split(" ", 2);
                yield Optional.of(
                        new FloorEvent.Raised(
                                Severity.valueOf(words[0]), words.length == 2 ? words[1] : null));
            }
            case "happened" -> FloorText.input(rest).map(FloorEvent.Happened::new);
            default -> Optional.empty();
        };
    }

    private static Optional<FloorEvent> pressed(String[] words) {
        return words.length == 2
                ? FloorText.input(words[1])
                        .filter(FloorInput.Request.class::isInstance)
                        .map(FloorInput.Request.class::cast)
                        .map(request -> new FloorEvent.Pressed(request, new CallId(words[0])))
                : Optional.empty();
    }

    private Optional<FloorEvent> entered(String[] words) {
        if (words.length != 7 || !Ids.isValid(words[1])) {
            return Optional.empty();
        }
        return FloorText.speaker(words[6])
                .flatMap(speaker ->
                        peer(words, speaker.session())
                                .map(peer ->
                                        new FloorEvent.Entered(
                                                peer,
                                                speaker,
                                                new CallId(words[4]),
                                                Boolean.parseBoolean(words[5]))));
    }

    private Optional<Peer> peer(String[] words, SessionId session) {
        var member = new MemberId(words[0]);
        Optional<Peer> ours = member.equals(self) ? peers.find(session) : Optional.empty();
        return ours.or(() -> elsewhere(words, member, session));
    }

    private Optional<Peer> elsewhere(String[] words, MemberId member, SessionId session) {
        return RemotePeer.known(
                        roster.organisation(),
                        member,
                        session,
                        new UserId(words[1]),
                        Boolean.parseBoolean(words[2]),
                        words[3])
                .map(Peer.class::cast);
    }

    private MemberId memberOf(Peer peer) {
        return peer instanceof RemotePeer remote ? remote.member() : self;
    }

    String write(List<FloorEvent.Entered> present) {
        return present.stream().map(this::write).collect(Collectors.joining("\n"));
    }

    List<FloorEvent.Entered> present(@Nullable String lines) {
        return lines == null
                ? List.of()
                : lines.lines()
                        .map(this::read)
                        .flatMap(Optional::stream)
                        .filter(FloorEvent.Entered.class::isInstance)
                        .map(FloorEvent.Entered.class::cast)
                        .toList();
    }
}
