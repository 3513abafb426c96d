package org.maplebridge.media.forward.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
    private static final long MILLI = 1_000_000L;

    private final KeyFrameRequests requests = new KeyFrameRequests();

    @Test
    void mergesWhatManyViewersWant() {
        for (int viewer = 0; viewer < 100; viewer++) {
            requests.want();
        }

        assertThat(requests.due(0, 0)).isTrue();
        requests.want();
        assertThat(requests.due(0, 100 * MILLI)).isFalse();
        assertThat(requests.sent()).isOne();
    }

    @Test
    void asksAgainUntilAKeyFrameComes() {
        requests.want();
        int asked = 0;
        for (long now = 0; now <= 1_500 * MILLI; now += 5 * MILLI) {
            asked += requests.due(0, now) ? 1 : 0;
        }
        assertThat(asked).isEqualTo(6);

        requests.keyFrameCame();
        assertThat(requests.due(0, 5_000 * MILLI)).isFalse();
    }

    @Test
    void givesASlowPublisherTimeToAnswer() {
        requests.want();
        requests.due(400 * MILLI, 0);

        assertThat(requests.due(400 * MILLI, 400 * MILLI)).isFalse();
        assertThat(requests.due(400 * MILLI, 600 * MILLI)).isTrue();
    }

    @Test
    void keepsToTheIntervalOverSeveralKeyFrames() {
        requests.want();
        requests.due(0, 0);
        requests.keyFrameCame();
        requests.want();

        assertThat(requests.due(0, 100 * MILLI)).isFalse();
        assertThat(requests.due(0, 300 * MILLI)).isTrue();
    }
}
