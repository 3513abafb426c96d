package org.maplebridge.dispatch.floor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// A floor and what happens to it, as one line of words: how nodes tell each other. Times are those
/// of whoever decides.
///
/// Pure. What is read comes from another node of the cluster; what cannot be read is nothing.
public final class FloorText {
    private static final String NOBODY = "-";

    private FloorText() {}

    /// Without its rules, which follow from the kind of conversation.
    public static String of(Floor floor) {
        var words = new Words();
        words.add(floor.epoch)
                .add(floor.callTier)
                .add(floor.wakeAtNanos)
                .add(floor.originator == null ? NOBODY : floor.originator.value());
        words.add(floor.speakers.size());
        floor.speakers.values().forEach(speaker -> write(words, speaker));
        words.add(floor.queue.size());
        for (Queue.Entry entry : floor.queue.entries()) {
            words.add(entry.who().value()).add(entry.front());
            write(words, entry.rank());
        }
        switch (floor.phase) {
            case Phase.Start() -> words.add("start");
            case Phase.Ended() -> words.add("ended");
            case Phase.Idle(long inactiveAt, long repeatAt, int left) ->
                    words.add("idle").add(inactiveAt).add(repeatAt).add(left);
            case Phase.Taken(Phase.Talk talk) -> write(words.add("taken"), talk);
            case Phase.Revoking(Phase.Talk talk, RevokeCause cause, long graceEnds, long again) -> {
                write(words.add("revoking"), talk);
                words.add(cause).add(graceEnds).add(again);
            }
        }
        return words.toString();
    }

    public static Optional<Floor> floor(String text, FloorRules rules) {
        return read(text, words -> floor(words, rules));
    }

    private static Floor floor(Reader words, FloorRules rules) {
        long epoch = words.number();
        Severity tier = words.severity();
        long wakeAt = words.number();
        String originator = words.next();
        Map<SessionId, Speaker> speakers = new HashMap<>();
        for (long left = words.number(); left > 0; left--) {
            Speaker speaker = speaker(words);
            speakers.put(speaker.session(), speaker);
        }
        List<Queue.Entry> waiting = new ArrayList<>();
        for (long left = words.number(); left > 0; left--) {
            SessionId who = words.session();
            boolean front = words.flag();
            waiting.add(new Queue.Entry(who, rank(words), front));
        }
        return new Floor(
                rules,
                speakers,
                originator.equals(NOBODY) ? null : new SessionId(originator),
                tier,
                epoch,
                new Queue(waiting),
                phase(words),
                wakeAt);
    }

    private static Phase phase(Reader words) {
        return switch (words.next()) {
            case "start" -> new Phase.Start();
            case "ended" -> new Phase.Ended();
            case "idle" -> new Phase.Idle(words.number(), words.number(), (int) words.number());
            case "taken" -> new Phase.Taken(talk(words));
            case "revoking" ->
                    new Phase.Revoking(
                            talk(words),
                            RevokeCause.valueOf(words.next()),
                            words.number(),
                            words.number());
            default -> throw new NoSuchElementException();
        };
    }

    public static String of(FloorInput input) {
        var words = new Words();
        switch (input) {
            case FloorInput.SetUp(SessionId by) -> words.add("setUp").add(by.value());
            case FloorInput.SetUpTalking(FloorInput.Request first) ->
                    write(words.add("setUpTalking"), first);
            case FloorInput.Join(Speaker speaker) -> write(words.add("join"), speaker);
            case FloorInput.Leave(SessionId who) -> words.add("leave").add(who.value());
            case FloorInput.Request request -> write(words.add("request"), request);
            case FloorInput.Release(SessionId who) -> words.add("release").add(who.value());
            case FloorInput.Unqueue(SessionId who) -> words.add("unqueue").add(who.value());
            case FloorInput.AskPosition(SessionId who) -> words.add("askPosition").add(who.value());
            case FloorInput.Media(SessionId who) -> words.add("media").add(who.value());
            case FloorInput.Ack(SessionId who) -> words.add("ack").add(who.value());
            case FloorInput.CallTier(Severity tier) -> words.add("callTier").add(tier);
            case FloorInput.Wake() -> words.add("wake");
            case FloorInput.End() -> words.add("end");
        }
        return words.toString();
    }

    public static Optional<FloorInput> input(String text) {
        return read(text, FloorText::input);
    }

    private static FloorInput input(Reader words) {
        return switch (words.next()) {
            case "setUp" -> new FloorInput.SetUp(words.session());
            case "setUpTalking" -> new FloorInput.SetUpTalking(request(words));
            case "join" -> new FloorInput.Join(speaker(words));
            case "leave" -> new FloorInput.Leave(words.session());
            case "request" -> request(words);
            case "release" -> new FloorInput.Release(words.session());
            case "unqueue" -> new FloorInput.Unqueue(words.session());
            case "askPosition" -> new FloorInput.AskPosition(words.session());
            case "media" -> new FloorInput.Media(words.session());
            case "ack" -> new FloorInput.Ack(words.session());
            case "callTier" -> new FloorInput.CallTier(words.severity());
            case "wake" -> new FloorInput.Wake();
            case "end" -> new FloorInput.End();
            default -> throw new NoSuchElementException();
        };
    }

    public static String of(Speaker speaker) {
        var words = new Words();
        write(words, speaker);
        return words.toString();
    }

    public static Optional<Speaker> speaker(String text) {
        return read(text, FloorText::speaker);
    }

    private static void write(Words words, Speaker speaker) {
        words.add(speaker.session().value())
                .add(speaker.maxPriority())
                .add(speaker.maxTier())
                .add(speaker.chair())
                .add(speaker.mayOverride())
                .add(speaker.receiveOnly());
    }

    private static Speaker speaker(Reader words) {
        return new Speaker(
                words.session(),
                (int) words.number(),
                words.severity(),
                words.flag(),
                words.flag(),
                words.flag());
    }

    private static void write(Words words, FloorInput.Request request) {
        words.add(request.who().value())
                .add(request.priority())
                .add(request.tier())
                .add(request.override());
    }

    private static FloorInput.Request request(Reader words) {
        return new FloorInput.Request(
                words.session(), (int) words.number(), words.severity(), words.flag());
    }

    private static void write(Words words, Rank rank) {
        words.add(rank.tier()).add(rank.chair()).add(rank.priority()).add(rank.overrides());
    }

    private static Rank rank(Reader words) {
        return new Rank(words.severity(), words.flag(), (int) words.number(), words.flag());
    }

    private static void write(Words words, Phase.Talk talk) {
        words.add(talk.who().value());
        write(words, talk.rank());
        words.add(talk.epoch())
                .add(talk.sinceNanos())
                .add(talk.mediaEndsAtNanos())
                .add(talk.talkEndsAtNanos())
                .add(talk.repeatAtNanos())
                .add(talk.grantsSent());
    }

    private static Phase.Talk talk(Reader words) {
        return new Phase.Talk(
                words.session(),
                rank(words),
                words.number(),
                words.number(),
                words.number(),
                words.number(),
                words.number(),
                (int) words.number());
    }

    private interface Reading<T> {
        T from(Reader words);
    }

    private static <T> Optional<T> read(String text, Reading<T> reading) {
        try {
            return Optional.of(reading.from(new Reader(List.of(text.split(" ")).iterator())));
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return Optional.empty(); // another version of us, or not us at all
        }
    }

    private record Reader(Iterator<String> words) {
        String next() {
            return words.next();
        }

        long number() {
            return Long.parseLong(next());
        }

        boolean flag() {
            return next().equals("true");
        }

        Severity severity() {
            return Severity.valueOf(next());
        }

        SessionId session() {
            return new SessionId(next());
        }
    }

    private static final class Words {
        private final StringBuilder line = new StringBuilder();

        Words add(@Nullable Object word) {
            line.append(line.isEmpty() ? "" : " ").append(word);
            return this;
        }

        @Override
        public String toString() {
            return line.toString();
        }
    }
}
