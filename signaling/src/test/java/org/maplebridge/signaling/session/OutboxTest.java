package org.maplebridge.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;

class OutboxTest {
    private final Codec codec = new Codec();
    private final Outbox outbox = new Outbox(codec, 5, 10_000);

    @Test
    void numbersWithoutGapsFromOne() {
        add(3);

        assertThat(write()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void repeatsAfterARewindExactlyWhatWasNotSeen() {
        add(3);
        write();
        add(1);

        assertThat(outbox.rewindTo(2)).isTrue();
        assertThat(write()).containsExactly(3L, 4L);
    }

    @Test
    void cannotRewindBehindWhatWasAcknowledged() {
        add(3);
        write();
        outbox.acknowledge(2);

        assertThat(outbox.rewindTo(1)).isFalse();
        assertThat(outbox.rewindTo(2)).isTrue();
    }

    @Test
    void refusesNumbersItNeverGave() {
        add(2);

        assertThat(outbox.acknowledge(1)).isFalse();
        write();
        assertThat(outbox.acknowledge(3)).isFalse();
        assertThat(outbox.rewindTo(3)).isFalse();
        assertThat(outbox.rewindTo(2)).isTrue();
    }

    @Test
    void isOverfullByLinesOrByCharacters() {
        add(5);
        assertThat(outbox.isOverfull()).isFalse();
        add(1);
        assertThat(outbox.isOverfull()).isTrue();

        var small = new Outbox(codec, 100, 50);
        small.add(new FloorIdle("g".repeat(64)));
        assertThat(small.isOverfull()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void deliversEveryNumberOnceInOrderOverAnyLosses(long seed) {
        var random = new SplittableRandom(seed);
        var box = new Outbox(codec, Integer.MAX_VALUE, Long.MAX_VALUE);
        var seen = new ArrayList<Long>();
        long said = 0;
        for (int round = 0; round < 500; round++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    box.add(new FloorIdle("g"));
                    said++;
                }
                case 1 -> receive(box, seen);
                case 2 -> assertThat(box.acknowledge(seen.size())).isTrue();
                default -> {
                    box.nextToWrite(); // written, but the connection dies before it arrives
                    assertThat(box.rewindTo(seen.size())).isTrue();
                }
            }
        }
        assertThat(box.rewindTo(seen.size())).isTrue();
        while (receive(box, seen)) {}
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, said).boxed().toList());
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private boolean receive(Outbox box, List<Long> seen) {
        @Nullable String text = box.nextToWrite();
        if (text == null) {
            return false;
        }
        seen.add(codec.decodeServer(text).seq());
        return true;
    }

    private void add(int lines) {
        for (int i = 0; i < lines; i++) {
            outbox.add(new FloorIdle("g"));
        }
    }

    private List<Long> write() {
        var seen = new ArrayList<Long>();
        while (receive(outbox, seen)) {}
        return seen;
    }
}
