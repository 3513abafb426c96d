package org.maplebridge.dispatch.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.floor.FloorInput.*;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// Two nodes that follow the same floor by what they read of each other.
class FloorTextTest {
    private static final List<SessionId> CROWD =
            List.of(People.ANN, People.BOB, People.CAT, People.DAN, People.EVE, People.ZOE);

    @Test
    void whoReadsWhatHappensComesToTheSameFloorWithTheSameNews() {
        var random = new SplittableRandom(7);
        for (int run = 0; run < 50; run++) {
            var rules = run % 5 == 0 ? FloorRules.standard().asBroadcast() : FloorRules.standard();
            var here = Floor.before(rules, random.nextLong(1_000));
            long now = random.nextLong();
            for (int i = 0; i < 400; i++) {
                now += random.nextLong(2_000_000_000L);
                var input = any(random);
                var copy = FloorText.floor(FloorText.of(here), rules).orElseThrow();
                var read = FloorText.input(FloorText.of(input)).orElseThrow();
                assertThat(read).isEqualTo(input);

                var one = FloorControl.step(here, input, now);
                var other = FloorControl.step(copy, read, now);

                assertThat(other.outputs()).isEqualTo(one.outputs());
                assertThat(FloorText.of(other.next())).hasSameSizeAs(FloorText.of(one.next()));
                here = other.next();
            }
        }
    }

    @Test
    void whatCannotBeReadIsNothing() {
        var whole = FloorText.of(Floor.before(FloorRules.standard(), 3));
        for (var text : List.of("", " ", "x", "1 PURPLE", whole.substring(0, whole.length() - 6))) {
            assertThat(FloorText.floor(text, FloorRules.standard())).isEmpty();
        }
        for (var text : List.of("", "sing", "join", "request a b", "leave !", "callTier GREEN")) {
            assertThat(FloorText.input(text)).isEmpty();
        }
        assertThat(FloorText.speaker("a 1 RED true")).isEmpty();
    }

    private static FloorInput any(SplittableRandom random) {
        var who = CROWD.get(random.nextInt(CROWD.size()));
        var tier = Severity.values()[random.nextInt(Severity.values().length)];
        var request = new Request(who, random.nextInt(11), tier, random.nextBoolean());
        return switch (random.nextInt(16)) {
            case 0 -> new SetUp(who);
            case 1 -> new SetUpTalking(request);
            case 2, 3, 4 ->
                    new Join(
                            new Speaker(
                                    who,
                                    random.nextInt(11),
                                    tier,
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    random.nextInt(6) == 0));
            case 5 -> new Leave(who);
            case 6 -> new Release(who);
            case 7 -> new Unqueue(who);
            case 8 -> new AskPosition(who);
            case 9 -> new Media(who);
            case 10 -> new Ack(who);
            case 11 -> new CallTier(tier);
            case 12 -> new Wake();
            case 13 -> random.nextInt(40) == 0 ? new End() : new Wake();
            default -> request;
        };
    }
}
