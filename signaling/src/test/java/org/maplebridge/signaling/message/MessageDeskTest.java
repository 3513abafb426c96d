package org.maplebridge.signaling.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.message.OutgoingMessage;
import org.maplebridge.dispatch.message.OutgoingMessage.State;
import org.maplebridge.dispatch.message.ResultText;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.store.duty.MessageStore;

class MessageDeskTest {
    private Instant now = Instant.parse("2026-11-29T04:00:00Z");
    private final List<String> carried = new ArrayList<>();
    private int failures;
    private Optional<String> base = Optional.of("https://bridge.example");
    private OutgoingMessage message =
            new OutgoingMessage(
                    "m",
                    new IncidentId("i"),
                    new NodeId("xinhe"),
                    "2026-000031",
                    "13800001234",
                    "已清洗",
                    "r",
                    now,
                    State.WAITING,
                    0,
                    now,
                    null,
                    null,
                    null);

    private final MessageDesk desk =
            new MessageDesk(new One(), this::carry, () -> "中心", () -> base, () -> now);

    @Test
    void aMessageIsCarriedOnceAndThenLeftAlone() {
        desk.round();
        now = now.plusSeconds(3_600);
        desk.round();
        assertThat(carried).containsExactly("m 13800001234");
        assertThat(message.state()).isEqualTo(State.SENT);
        assertThat(message.text()).contains("https://bridge.example/report/r/r");
    }

    @Test
    void untilTheAddressIsKnownItWaits() {
        base = Optional.empty();
        desk.round();
        assertThat(message.attempts()).isZero();
    }

    @Test
    void afterAFailureItIsTriedAgainWithLongerPauses() {
        failures = 2;
        desk.round();
        assertThat(message.failure()).isEqualTo("no gateway");
        now = now.plusSeconds(29);
        desk.round();
        assertThat(message.attempts()).isEqualTo(1);
        now = now.plusSeconds(1);
        desk.round();
        assertThat(message.nextTryAt()).isEqualTo(now.plusSeconds(60));
        now = now.plusSeconds(60);
        desk.round();
        assertThat(message.state()).isEqualTo(State.SENT);
        assertThat(carried).hasSize(1);
    }

    @Test
    void afterManyItIsGivenUp() {
        failures = 1_000;
        for (int n = 0; n < 2 * ResultText.MAX_ATTEMPTS; n++) {
            desk.round();
            now = now.plusSeconds(3_600);
        }
        assertThat(message.state()).isEqualTo(State.FAILED);
        assertThat(message.attempts()).isEqualTo(ResultText.MAX_ATTEMPTS);
    }

    private void carry(String id, String phone, String text) throws IOException {
        if (failures-- > 0) {
            throw new IOException("no gateway");
        }
        carried.add(id + " " + phone);
    }

    private OutgoingMessage with(
            State state, int attempts, Instant next, @Nullable String text, @Nullable String why) {
        return new OutgoingMessage(
                message.id(),
                message.incident(),
                message.node(),
                message.number(),
                message.phone(),
                message.result(),
                message.receipt(),
                message.createdAt(),
                state,
                attempts,
                next,
                null,
                text,
                why);
    }

    /// A record with one message.
    private final class One implements MessageStore {
        @Override
        public List<OutgoingMessage> due(Instant at, int limit) {
            boolean due = message.state() == State.WAITING && !message.nextTryAt().isAfter(at);
            return due ? List.of(message) : List.of();
        }

        @Override
        public boolean claim(OutgoingMessage claimed, Instant again) {
            message = with(State.WAITING, message.attempts() + 1, again, null, message.failure());
            return true;
        }

        @Override
        public void sent(String id, String text, Instant at) {
            message = with(State.SENT, message.attempts(), message.nextTryAt(), text, null);
        }

        @Override
        public void failed(String id, String why, @Nullable Instant again) {
            message =
                    again == null
                            ? with(State.FAILED, message.attempts(), now, null, why)
                            : with(State.WAITING, message.attempts(), again, null, why);
        }

        @Override
        public List<OutgoingMessage> list(@Nullable String before, int limit) {
            return List.of(message);
        }
    }
}
