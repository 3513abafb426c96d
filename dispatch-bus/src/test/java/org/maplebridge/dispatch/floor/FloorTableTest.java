package org.maplebridge.dispatch.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.floor.People.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.floor.FloorInput.*;
import org.maplebridge.dispatch.floor.FloorOutput.Audience;
import org.maplebridge.dispatch.model.Severity;

/// Every state with every event, as the table in docs/floor.md. `-Dgolden.update` writes it anew.
class FloorTableTest {
    private static final Path PAGE = Path.of("..", "docs", "floor.md");
    private static final FloorRules RULES = FloorRules.standard().withIdleRepeats(SECOND, 10);

    @Test
    void theTableInTheDocumentsIsWhatTheFloorDoes() throws IOException {
        String page = page();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # The floor, state by state

                        Who may talk in one conversation, after 3GPP TS 24.380 §6.3.4. The tables are
                        printed from the code by a test; a difference fails the build.

                        Ann talks or has just talked, Bob waits, Cat may ask with a high priority, Dan
                        is the duty commander (chair, override key), Eve only hears, Zoe is not in the
                        call. Gates are what the relay obeys. A grant's number is its epoch. Wake-ups
                        are left out. Requests ask with priority 0 and the mildest tier unless said
                        otherwise.

                        """);
        states().forEach((name, floor) -> appendState(page, name, floor));
        page.append("## Other kinds of groups, while Ann talks\n\n");
        page.append("| group | event | says | then |\n|---|---|---|---|\n");
        kinds().forEach((name, floor) -> appendKind(page, name, floor));
        return page.toString();
    }

    private static Map<String, Floor> states() {
        Map<String, Floor> states = new LinkedHashMap<>();
        states.put("Start: the call is not set up", before(RULES));
        states.put("Idle: nobody talks", idle(RULES));
        Floor taken = after(annTalks(RULES), Request.of(BOB), 0);
        states.put("Taken: Ann talks, Bob waits", taken);
        Floor fromQueue = after(taken, Request.of(CAT), 0);
        fromQueue = after(fromQueue, new Release(ANN), 0);
        fromQueue = after(fromQueue, new Release(CAT), 0);
        fromQueue = after(fromQueue, Request.of(ANN), 0);
        states.put("Taken: Bob was granted from the queue, Ann waits", fromQueue);
        Floor tooLong = taken;
        for (long second = 1; second <= 30; second++) {
            tooLong = after(tooLong, new Media(ANN), second * SECOND);
        }
        tooLong = after(tooLong, new Wake(), 30 * SECOND);
        states.put("Revoke: Ann talked too long, Bob waits", tooLong);
        Floor preempted = after(taken, pressed(CAT, 3), 30 * SECOND);
        states.put("Revoke: Cat pre-empted Ann, Bob waits", preempted);
        states.put("Ended", after(taken, new End(), 0));
        return states;
    }

    private static Map<String, Floor> kinds() {
        Map<String, Floor> kinds = new LinkedHashMap<>();
        kinds.put("without queue", annTalks(RULES.withQueue(false, 0)));
        kinds.put("full queue", after(annTalks(RULES.withQueue(true, 1)), Request.of(BOB), 0));
        kinds.put("cut-in", after(annTalks(RULES.asCutIn()), Request.of(BOB), 0));
        kinds.put("broadcast by Ann", annTalks(RULES.asBroadcast()));
        return kinds;
    }

    private static Map<String, FloorInput> events() {
        Map<String, FloorInput> events = new LinkedHashMap<>();
        events.put("set up by Ann", new SetUp(ANN));
        events.put("set up by Ann, talking", new SetUpTalking(Request.of(ANN)));
        events.put("Zoe joins", new Join(Speaker.of(ZOE, 5)));
        events.put("Ann comes back", new Join(Speaker.of(ANN, 5)));
        events.put("Ann is muted", new Join(Speaker.of(ANN, 5).muted()));
        events.put("Bob is muted", new Join(Speaker.of(BOB, 5).muted()));
        events.put("Ann leaves", new Leave(ANN));
        events.put("Bob leaves", new Leave(BOB));
        events.put("Zoe leaves", new Leave(ZOE));
        events.put("Ann requests", Request.of(ANN));
        events.put("Bob requests", Request.of(BOB));
        events.put("Cat requests", Request.of(CAT));
        events.put("Cat requests with priority 10", pressed(CAT, 10));
        events.put("Bob requests in an emergency", emergency(BOB));
        events.put("Dan requests", Request.of(DAN));
        events.put("Dan overrides", override(DAN));
        events.put("Eve requests", Request.of(EVE));
        events.put("Zoe requests", Request.of(ZOE));
        events.put("Ann releases", new Release(ANN));
        events.put("Bob releases", new Release(BOB));
        events.put("Cat releases", new Release(CAT));
        events.put("Bob is taken out of the queue", new Unqueue(BOB));
        events.put("Bob asks for his place", new AskPosition(BOB));
        events.put("packets from Ann", new Media(ANN));
        events.put("packets from Cat", new Media(CAT));
        events.put("Bob acknowledges", new Ack(BOB));
        events.put("the call becomes an emergency", new CallTier(Severity.RED));
        events.put("the call ends", new End());
        return events;
    }

    private static void appendState(StringBuilder page, String name, Floor floor) {
        page.append("## ").append(name).append("\n\n| event | says | then |\n|---|---|---|\n");
        long now = momentIn(floor);
        events().forEach((event, input) -> appendRow(page, event, floor, input, now));
        for (FloorTimer timer : FloorTimer.values()) {
            long at = deadline(floor, timer);
            if (at != FloorTimer.OFF) {
                appendRow(page, timer + " runs out", alone(floor, timer), new Wake(), at);
            }
        }
        appendRow(page, "a stray wake-up", floor, new Wake(), -SECOND);
        page.append('\n');
    }

    /// Somewhere in the middle of the state.
    private static long momentIn(Floor floor) {
        return switch (floor.phase) {
            case Phase.Taken _ -> 3 * SECOND;
            case Phase.Revoking _ -> 30 * SECOND + SECOND / 2;
            case Phase.Start _, Phase.Idle _, Phase.Ended _ -> SECOND / 2;
        };
    }

    private static void appendKind(StringBuilder page, String name, Floor floor) {
        events().forEach((event, input) -> {
            if (event.contains("request")
                    || event.contains("overrides")
                    || event.equals("Ann releases")
                    || event.equals("Ann leaves")) {
                appendRow(page, name + " | " + event, floor, input, SECOND);
            }
        });
    }

    private static void appendRow(
            StringBuilder page, String event, Floor floor, FloorInput input, long now) {
        FloorControl.Step step = FloorControl.step(floor, input, now);
        String says =
                step.outputs().stream()
                        .filter(output -> !(output instanceof FloorOutput.WakeAt))
                        .map(FloorTableTest::words)
                        .collect(Collectors.joining("; "));
        page.append("| ").append(event).append(" | ");
        page.append(says.isEmpty() ? "–" : says).append(" | ");
        page.append(state(step.next())).append(" |\n");
    }

    /// When this timer runs out, found by asking the state itself.
    private static long deadline(Floor floor, FloorTimer timer) {
        return switch (floor.phase) {
            case Phase.Idle idle ->
                    switch (timer) {
                        case T4 -> idle.inactiveAtNanos();
                        case T7 -> idle.repeatAtNanos();
                        case T1, T2, T3, T8, T20 -> FloorTimer.OFF;
                    };
            case Phase.Taken(var talk) ->
                    switch (timer) {
                        case T1 -> talk.mediaEndsAtNanos();
                        case T2 -> talk.talkEndsAtNanos();
                        case T20 -> talk.repeatAtNanos();
                        case T3, T4, T7, T8 -> FloorTimer.OFF;
                    };
            case Phase.Revoking revoking ->
                    switch (timer) {
                        case T3 -> revoking.graceEndsAtNanos();
                        case T8 -> revoking.repeatAtNanos();
                        case T1, T2, T4, T7, T20 -> FloorTimer.OFF;
                    };
            case Phase.Start _, Phase.Ended _ -> FloorTimer.OFF;
        };
    }

    /// The same floor with only this timer running, so that its row shows nothing else.
    private static Floor alone(Floor floor, FloorTimer timer) {
        long at = deadline(floor, timer);
        long off = FloorTimer.OFF;
        return switch (floor.phase) {
            case Phase.Idle idle ->
                    floor.with(
                            new Phase.Idle(
                                    timer == FloorTimer.T4 ? at : off,
                                    timer == FloorTimer.T7 ? at : off,
                                    idle.repeatsLeft()));
            case Phase.Taken(var talk) ->
                    floor.with(
                            new Phase.Taken(
                                    new Phase.Talk(
                                            talk.who(),
                                            talk.rank(),
                                            talk.epoch(),
                                            talk.sinceNanos(),
                                            timer == FloorTimer.T1 ? at : off,
                                            timer == FloorTimer.T2 ? at : off,
                                            timer == FloorTimer.T20 ? at : off,
                                            talk.grantsSent())));
            case Phase.Revoking revoking ->
                    floor.with(
                            new Phase.Revoking(
                                    revoking.talk(),
                                    revoking.cause(),
                                    timer == FloorTimer.T3 ? at : off,
                                    timer == FloorTimer.T8 ? at : off));
            case Phase.Start _, Phase.Ended _ -> floor;
        };
    }

    private static String state(Floor floor) {
        String queue = floor.queued().isEmpty() ? "" : ", waiting: " + names(floor);
        return switch (floor.phase) {
            case Phase.Start _ -> "Start";
            case Phase.Idle _ -> "Idle";
            case Phase.Taken(var talk) -> "Taken by " + talk.who() + queue;
            case Phase.Revoking revoking -> "Revoke " + revoking.talk().who() + queue;
            case Phase.Ended _ -> "Ended";
        };
    }

    private static String names(Floor floor) {
        return floor.queued().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String words(FloorOutput output) {
        return switch (output) {
            case FloorOutput.GateOpened(var who, _) -> "gate opens for " + who;
            case FloorOutput.GateClosed(var who, _) -> "gate closes for " + who;
            case FloorOutput.Granted(var to, var epoch, var left, _, _) ->
                    "**granted** to " + to + " (" + epoch + ", " + left / SECOND + " s)";
            case FloorOutput.Denied(var to, var cause) ->
                    "denied to " + to + " (" + cause.number() + ")";
            case FloorOutput.Taken(var to, var talker, _, _, _) ->
                    "taken by " + talker + " " + words(to);
            case FloorOutput.Idle(var to) -> "idle " + words(to);
            case FloorOutput.Revoked(var to, var cause, _) ->
                    "**revoked** from " + to + " (" + cause.number() + ")";
            case FloorOutput.Queued(var to, var position, var size, _) ->
                    to + " waits at " + position + " of " + size;
            case FloorOutput.CallTierChanged(var tier) -> "call tier " + tier;
            case FloorOutput.Inactive _ -> "inactive";
            case FloorOutput.Ended _ -> "ended";
            case FloorOutput.WakeAt _ -> "";
        };
    }

    private static String words(Audience to) {
        return switch (to) {
            case Audience.One(var who) -> "to " + who;
            case Audience.AllBut(var who) -> "to all but " + who;
            case Audience.All _ -> "to all";
        };
    }
}
