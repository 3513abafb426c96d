package org.maplebridge.media.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;

/// Floors on real loops with real threads: what a loop tells another arrives, and is told once.
class RelayNodeFloorTest {
    private static final SourceId GROUP = new SourceId("group");
    private static final SourceId ANN = new SourceId("ann");

    private final LinkedBlockingQueue<RelayEvent> events = new LinkedBlockingQueue<>();

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 3})
    void floorsAreFinishedAndRecordedOnce(int loops) throws Exception {
        try (RelayNode relay = relay(loops)) {
            relay.openChannel(GROUP);
            for (int epoch = 1; epoch <= 20; epoch++) {
                Path file = folder.resolve("talk" + epoch + ".opus");
                relay.record(GROUP, epoch, file);
                relay.giveFloor(GROUP, ANN, epoch, System.nanoTime());
                relay.finishFloor(GROUP, epoch);
                relay.finishFloor(GROUP, epoch);
                assertThat(List.of(next(), next()))
                        .containsExactlyInAnyOrder(
                                new RelayEvent.FloorFinished(GROUP, epoch),
                                new RelayEvent.Recorded(GROUP, epoch, file, 0, true));
                assertThat(Files.size(file)).isPositive();
            }
            relay.giveFloor(GROUP, ANN, 21, System.nanoTime());
            relay.clearFloor(GROUP, 21);
            relay.closeChannel(GROUP);
            relay.finishFloor(GROUP, 22);
            Path late = folder.resolve("late.opus");
            relay.record(GROUP, 22, late);

            assertThat(next()).isEqualTo(new RelayEvent.Recorded(GROUP, 22, late, 0, false));
            assertThat(late).doesNotExist();
        }
        assertThat(events).isEmpty();
    }

    private RelayEvent next() throws InterruptedException {
        return Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS), "nothing told");
    }

    private RelayNode relay(int loops) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var addresses = List.of(new LocalAddress(loopback, loopback));
        return RelayNode.start(new RelayConfig(0, addresses, loops, 100, true), events::add);
    }
}
