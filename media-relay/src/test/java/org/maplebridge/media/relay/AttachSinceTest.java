package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.relay.TalkStage.words;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.relay.TalkStage.Terminal;

/// A voice that is attached after it began is heard from there on where it began.
class AttachSinceTest {
    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void whatWasSaidSinceThenGoesFirstAndNothingTwice(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, loops - 1);
        talk.run(SECOND);
        ann.key(true);
        talk.run(300 * MILLI);
        int before = ann.microphone().frames();
        long since = talk.now();
        talk.run(250 * MILLI);
        attach(talk, bob, since);
        attach(talk, bob, since); // repeated, changes nothing
        talk.run(300 * MILLI);
        ann.key(false);
        talk.run(100 * MILLI);

        assertThat(bob.words())
                .isEqualTo(words(ann, before, ann.microphone().frames()))
                .hasSizeGreaterThan(20);
        assertThat(bob.heard().doubles()).isZero();
        assertThat(bob.heard().stepsBack()).isEmpty();
        assertThat(bob.lagMillis()).isBetween(-5L, 260L);
    }

    private static void attach(TalkStage talk, Terminal to, long since) {
        int loop = to.peer().loop();
        var out = talk.stage.out(loop);
        talk.stage
                .relay(loop)
                .attachSince(to.peer().id, "l", new SourceId("ann"), since, talk.now(), out);
        out.flush();
    }
}
