package org.maplebridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueTransportTest {
    private final List<DtlsOutput> sent = new ArrayList<>();
    private final QueueTransport transport = new QueueTransport(sent::add);
    private final byte[] buffer = new byte[2_000];

    @Test
    void theQueueIsBounded() {
        int taken = 0;
        while (taken < 1_000 && transport.feed(buffer, 0, 10)) {
            taken++;
        }
        assertThat(taken).isEqualTo(32);
    }

    @Test
    void theEndIsHeardEvenWhenTheQueueIsFull() {
        while (transport.feed(buffer, 0, 10)) {
            assertThat(sent).isEmpty();
        }
        transport.end();

        assertThatExceptionOfType(QueueTransport.Ended.class)
                .isThrownBy(() -> {
                    while (true) {
                        transport.receive(buffer, 0, buffer.length, 1);
                    }
                });
    }

    @Test
    void recordsAreGatheredUpToTheLimitAndLeaveBeforeWaiting() throws IOException {
        transport.send(buffer, 0, 500);
        transport.send(buffer, 0, 600);
        assertThat(sent).isEmpty();
        transport.send(buffer, 0, 200);
        assertThat(sizes()).containsExactly(1_100);

        assertThat(transport.receive(buffer, 0, buffer.length, 1)).isEqualTo(-1);
        assertThat(sizes()).containsExactly(1_100, 200);
    }

    private List<Integer> sizes() {
        return sent.stream()
                .map(out -> out instanceof DtlsOutput.Datagram(byte[] bytes) ? bytes.length : -1)
                .toList();
    }
}
