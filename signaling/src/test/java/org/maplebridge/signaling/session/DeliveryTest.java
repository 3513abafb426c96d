package org.maplebridge.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;

class DeliveryTest {
    private final Codec codec = new Codec();
    private final Delivery delivery = new Delivery(new Outbox(codec, 10, 1_000_000));
    private final Wire first = new Wire();
    private final Wire second = new Wire();

    @Test
    void writesOneTextAtATime() {
        delivery.attach(first);
        say(3);

        assertThat(first.seqs()).containsExactly(1L);
        first.flush();
        assertThat(first.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void aNewConnectionGetsWhatTheOldOneLost() {
        delivery.attach(first);
        say(2);
        delivery.detach(first);
        say(1);

        assertThat(delivery.resume(second, 0)).isTrue();
        second.flush();
        second.flush();
        assertThat(second.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theOldConnectionIsToldWhenANewerOneTakesOver() {
        delivery.attach(first);
        say(1);
        delivery.resume(second, 1);
        say(1);

        first.flush(); // too late to matter
        assertThat(first.closed).isEqualTo(CloseCode.TAKEN_OVER);
        assertThat(second.seqs()).containsExactly(2L);
        assertThat(delivery.detach(first)).isFalse();
    }

    @Test
    void aGapThatCannotBeFilledIsRefused() {
        delivery.attach(first);

        assertThat(delivery.resume(second, 7)).isFalse();
        assertThat(delivery.isCurrent(first)).isTrue();
    }

    @Test
    void aReaderWhoStallsIsNoticed() {
        delivery.attach(first);
        say(10);

        assertThat(delivery.say(new FloorIdle("g"))).isFalse();
    }

    @Test
    void survivesAConnectionThatWritesAtOnce() {
        var immediate = new Wire();
        immediate.immediate = true;
        delivery.attach(immediate);
        say(8);

        assertThat(immediate.seqs()).hasSize(8).isSorted();
    }

    private void say(int lines) {
        for (int i = 0; i < lines; i++) {
            delivery.say(new FloorIdle("g"));
        }
    }

    private final class Wire implements Connection {
        final List<String> sent = new ArrayList<>();
        @Nullable Runnable pending;
        @Nullable CloseCode closed;
        boolean immediate;

        @Override
        public void send(String text, Runnable written) {
            sent.add(text);
            if (immediate) {
                written.run();
            } else {
                pending = written;
            }
        }

        @Override
        public void close(CloseCode code) {
            closed = code;
        }

        void flush() {
            Runnable written = pending;
            pending = null;
            if (written != null) {
                written.run();
            }
        }

        List<Long> seqs() {
            return sent.stream().map(text -> codec.decodeServer(text).seq()).toList();
        }
    }
}
