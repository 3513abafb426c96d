package org.maplebridge.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.load.measure.WallClock;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;

/// Simulated push-to-talk terminals on real sockets, with nothing but a relay: what one says, the
/// others hear, from the grant on and numbered.
class VoiceSmokeTest {
    private static final SourceId GROUP = new SourceId("call:group");
    private static final int SLOTS = 2;
    private static final int BURST = 41;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final CountDownLatch listening = new CountDownLatch(2);
    private final VoiceTerminals terminals = new VoiceTerminals(2);
    private RelayNode relay;

    @BeforeEach
    void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var addresses = List.of(new LocalAddress(loopback, loopback));
        relay =
                RelayNode.start(
                        new RelayConfig(0, addresses, 1, 100, true),
                        event -> {
                            if (event instanceof RelayEvent.SlotStarted) {
                                listening.countDown();
                            }
                        });
        relay.openChannel(GROUP);
    }

    @AfterEach
    void stop() {
        terminals.close();
        relay.close();
    }

    @Test
    void whatATalkerSaysIsHeardByAllWhoListenAndNotByOthers() throws Exception {
        var talker = connected("talker");
        var one = connected("one");
        var other = connected("other");
        var stranger = connected("stranger");
        relay.attach(new LegId("one"), "1", GROUP);
        relay.attach(new LegId("other"), "2", GROUP);
        terminals.startWindow();

        var first = one.nextArrival();
        relay.giveFloor(GROUP, microphone("talker"), 1, System.nanoTime());
        talker.press(BURST);
        talker.granted();

        assertThat(listening.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(WallClock.nanos());
        one.nextArrival().get(10, TimeUnit.SECONDS);
        other.nextArrival().get(10, TimeUnit.SECONDS);
        talker.cut();
        int sent = talker.sentByBurst().getOrDefault(BURST, 0);
        for (VoiceTerminal listener : List.of(one, other)) {
            // What was said last may still be on its way.
            int packets = 0;
            int last = -1;
            for (long until = System.nanoTime() + PATIENCE_NANOS; last < sent - 1; ) {
                assertThat(System.nanoTime() - until).as("all of it is heard").isNegative();
                var taken = listener.takeHeard();
                assertThat(taken).hasSizeLessThanOrEqualTo(1);
                for (var heard : taken) {
                    assertThat(heard.burst()).isEqualTo(BURST);
                    packets += heard.packets();
                    last = heard.last();
                }
                Thread.onSpinWait();
            }
            assertThat(last).isEqualTo(sent - 1);
            assertThat(packets).isBetween(1, sent);
            assertThat(listener.takeHeard()).as("forgotten once taken").isEmpty();
            assertThat(listener.unopened()).isZero();
        }
        assertThat(stranger.takeHeard()).isEmpty();
        var window = terminals.endWindow();
        assertThat(window.relayDelays().total()).isPositive();
        assertThat(window.mouthToEar().percentileMicros(0.5)).isGreaterThan(20_000);
    }

    @Test
    void aKeyThatIsReleasedSendsItsLastWordAndThenSilenceAndThenNothing() throws Exception {
        var talker = connected("talker");
        var one = connected("one");
        relay.attach(new LegId("one"), "1", GROUP);
        relay.giveFloor(GROUP, microphone("talker"), 1, System.nanoTime());

        var first = one.nextArrival();
        talker.press(BURST);
        first.get(10, TimeUnit.SECONDS);
        int before = talker.sentByBurst().getOrDefault(BURST, 0);
        talker.release();
        talker.press(BURST + 1); // pressed again at once: a new talk in the same stream

        one.nextArrival().get(10, TimeUnit.SECONDS);
        assertThat(talker.sentByBurst().getOrDefault(BURST, 0)).isBetween(before, before + 3);
    }

    @Test
    void aTerminalThatVanishesIsMissedByNobody() throws Exception {
        var one = connected("one");
        one.vanish();
        one.press(BURST);

        assertThat(one.sentByBurst()).isEmpty();
        assertThat(one.takeHeard()).isEmpty();
        assertThat(one.isLost()).isFalse();
    }

    private static SourceId microphone(String name) {
        return new SourceId("unit:" + name + ":mic");
    }

    private VoiceTerminal connected(String name) throws Exception {
        var terminal = terminals.make();
        var plan = new LegPlan("town", Map.of(VoiceOffer.MICROPHONE, microphone(name)), Map.of());
        var negotiation = relay.open(new LegId(name), terminal.offer(SLOTS).text(), plan);
        if (!(negotiation instanceof Negotiation.Accepted(String answer, boolean _))) {
            throw new AssertionError(negotiation.toString());
        }
        terminal.accept(answer).get(20, TimeUnit.SECONDS);
        return terminal;
    }
}
