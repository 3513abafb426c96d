package org.maplebridge.dispatch.floor;

import static org.maplebridge.dispatch.floor.People.SECOND;

import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.floor.FloorInput.*;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// What holds for every floor, whatever people do to it: 250 seeds of 4,400 steps, 1.1 million in
/// all.
class FloorRandomTest {
    private static final int STEPS = 4_400;
    private static final List<SessionId> CROWD =
            List.of(People.ANN, People.BOB, People.CAT, People.DAN, People.EVE, People.ZOE);
    private static final Severity[] TIERS = Severity.values();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 250);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverTwoTalkersNeverLostInTheQueueNeverSilent(long seed) {
        new Run(seed).play();
    }

    private static final class Run {
        private final SplittableRandom random;
        private final FloorRules rules;
        private final HashSet<SessionId> gates = new HashSet<>();
        private Floor floor;
        private long now;
        private long gateOpenedAt;
        private long wakeAt = FloorTimer.OFF;
        private String last = "";

        Run(long seed) {
            random = new SplittableRandom(seed);
            rules = anyRules();
            floor = Floor.before(rules, 0);
            now = random.nextLong(); // System.nanoTime() may start anywhere and wrap
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                now += random.nextInt(4) == 0 ? random.nextLong(2 * SECOND) : random.nextLong(1000);
                if (FloorTimer.isDue(wakeAt, now)) {
                    take(new Wake());
                }
                if (floor.isEnded() && random.nextInt(20) == 0) {
                    require(gates.isEmpty(), "an ended call has no talker");
                    floor = Floor.before(rules, floor.epoch());
                    wakeAt = FloorTimer.OFF;
                }
                take(anyInput());
            }
        }

        private void take(FloorInput input) {
            last = input.toString();
            Floor before = floor;
            FloorControl.Step step = FloorControl.step(floor, input, now);
            floor = step.next();
            if (input instanceof Wake) {
                wakeAt = FloorTimer.OFF;
            }
            step.outputs().forEach(this::carryOut);
            requireOneTalker();
            requireQueue();
            requireTime();
            if (input instanceof Request request) {
                require(isAnswered(request.who(), step.outputs()), "a request is answered");
            }
            require(!before.isEnded() || floor.isEnded(), "what has ended stays so");
            require(floor.epoch() >= before.epoch(), "epochs grow");
        }

        private void carryOut(FloorOutput output) {
            switch (output) {
                case FloorOutput.GateOpened(var who, var epoch) -> {
                    require(gates.isEmpty(), "no gate opens beside an open one");
                    require(epoch == floor.epoch(), "a grant carries the newest epoch");
                    gates.add(who);
                    gateOpenedAt = now;
                }
                case FloorOutput.GateClosed(var who, _) ->
                        require(gates.remove(who), "only an open gate is closed");
                case FloorOutput.WakeAt(var at, _) -> wakeAt = at;
                case FloorOutput.Granted granted -> {
                    require(gates.contains(granted.to()), "who may speak is heard");
                    require(granted.leftNanos() >= 0, "time left");
                }
                case FloorOutput.Denied _,
                        FloorOutput.Taken _,
                        FloorOutput.Idle _,
                        FloorOutput.Revoked _,
                        FloorOutput.Queued _,
                        FloorOutput.CallTierChanged _,
                        FloorOutput.Inactive _,
                        FloorOutput.Ended _ -> {}
            }
        }

        private void requireOneTalker() {
            require(gates.size() <= 1, "one talker at most");
            require(
                    floor.talker().isPresent() == !gates.isEmpty()
                            && floor.talker().map(gates::contains).orElse(true),
                    "the gate is open for the talker and nobody else");
            if (floor.talker().isPresent()) {
                SessionId talker = floor.talker().get();
                require(!floor.queued().contains(talker), "the talker does not wait");
                require(floor.speakers().containsKey(talker), "the talker is in the call");
                require(
                        !rules.broadcast() || talker.equals(floor.originator),
                        "a broadcast has one voice");
            }
        }

        private void requireQueue() {
            List<Queue.Entry> entries = floor.queue.entries();
            if (entries.isEmpty()) {
                return;
            }
            require(floor.talker().isPresent(), "nobody waits for a free floor");
            var seen = new HashSet<SessionId>();
            for (int i = 0; i < entries.size(); i++) {
                require(seen.add(entries.get(i).who()), "everybody waits once");
                require(i == 0 || !entries.get(i).front(), "one front entry, in front");
                require(floor.mayRequest(entries.get(i).who()), "who waits may talk");
            }
            int ordinary = floor.queue.ordinary();
            require(ordinary <= (rules.queueing() ? rules.queueLimit() : 0), "queue limit");
        }

        /// As wakes come in time, nobody talks longer than the rules say.
        private void requireTime() {
            boolean runs = Deadlines.next(floor).isPresent();
            require(!runs || wakeAt != FloorTimer.OFF, "a running timer has a wake-up");
            if (!gates.isEmpty()) {
                long longest =
                        rules.endOfMediaNanos()
                                + rules.emergencyTalkNanos()
                                + rules.graceNanos()
                                + 2 * SECOND;
                require(now - gateOpenedAt <= longest, "nobody talks for ever");
            }
        }

        private static boolean isAnswered(SessionId who, List<FloorOutput> outputs) {
            return outputs.stream()
                    .anyMatch(output ->
                            switch (output) {
                                case FloorOutput.Granted o -> o.to().equals(who);
                                case FloorOutput.Denied o -> o.to().equals(who);
                                case FloorOutput.Queued o -> o.to().equals(who);
                                case FloorOutput.Revoked o -> o.to().equals(who);
                                case FloorOutput.GateOpened _,
                                        FloorOutput.GateClosed _,
                                        FloorOutput.Taken _,
                                        FloorOutput.Idle _,
                                        FloorOutput.CallTierChanged _,
                                        FloorOutput.Inactive _,
                                        FloorOutput.Ended _,
                                        FloorOutput.WakeAt _ ->
                                        false;
                            });
        }

        private FloorRules anyRules() {
            FloorRules any =
                    FloorRules.standard().withQueue(random.nextInt(3) > 0, random.nextInt(5));
            any = random.nextInt(3) == 0 ? any.asCutIn() : any;
            any = random.nextInt(4) == 0 ? any.asBroadcast() : any;
            return random.nextInt(3) == 0 ? any.withIdleRepeats(SECOND, 10) : any;
        }

        private FloorInput anyInput() {
            SessionId who = CROWD.get(random.nextInt(CROWD.size()));
            return switch (random.nextInt(40)) {
                case 0, 1 -> new SetUp(who);
                case 2 -> new SetUpTalking(anyRequest(who));
                case 3, 4, 5 -> new Join(anySpeaker(who));
                case 6 -> new Leave(who);
                case 7, 8, 9, 10, 11 -> new Release(who);
                case 12 -> new Unqueue(who);
                case 13 -> new AskPosition(who);
                case 14 -> new Ack(who);
                case 15 -> new CallTier(TIERS[random.nextInt(TIERS.length)]);
                case 16, 17 -> new Wake();
                case 18 -> random.nextInt(20) == 0 ? new End() : new Wake();
                case 19, 20, 21, 22, 23, 24, 25, 26 -> new Media(floor.talker().orElse(who));
                case 27 -> new Media(who);
                default -> anyRequest(who);
            };
        }

        private Request anyRequest(SessionId who) {
            Severity tier =
                    random.nextInt(5) == 0 ? TIERS[random.nextInt(TIERS.length)] : Severity.YELLOW;
            return new Request(who, random.nextInt(-2, 14), tier, random.nextInt(8) == 0);
        }

        private Speaker anySpeaker(SessionId who) {
            return new Speaker(
                    who,
                    random.nextInt(11),
                    TIERS[random.nextInt(TIERS.length)],
                    random.nextInt(4) == 0,
                    random.nextInt(3) == 0,
                    random.nextInt(6) == 0);
        }

        private void require(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what + " — after " + last);
            }
        }
    }
}
