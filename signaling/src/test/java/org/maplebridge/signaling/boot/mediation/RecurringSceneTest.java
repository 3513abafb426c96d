package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.figures.meeting.Recurrence;
import org.maplebridge.dispatch.incident.WorkingCalendar;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.mediation.consultation.MeetingTimes;
import org.maplebridge.signaling.mediation.consultation.Presets;
import org.maplebridge.signaling.protocol.ConsultationNews.ConsultationDue;
import org.maplebridge.signaling.scene.Peers;
import tools.jackson.databind.JsonNode;

/// Meetings that come again: members are told when it is time, once, and what is on the agenda is
/// what the figures say.
class RecurringSceneTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant MONDAY_NINE =
            LocalDate.of(2026, 11, 30).atTime(9, 0).atZone(ZONE).toInstant();
    private static final WorkingCalendar CALENDAR = new WorkingCalendar(ZONE, Set.of(), Set.of());

    private final TestNode node = TestNode.shared();
    private final Preset weekly =
            new Preset(
                    "weekly-" + UUID.randomUUID(),
                    new Name("周会商", "Weekly meeting"),
                    new NodeId("xinhe"),
                    List.of(new UserId("xinhe"), new UserId("xinhe-chief")));

    @Test
    void membersAreToldOnceAlsoAfterARestart() {
        try (var member = node.console("xinhe-chief");
                var other = node.console("zeguo")) {
            member.snapshot();
            try (var times = times(MONDAY_NINE.minusSeconds(1))) {
                times.round();
            }
            try (var times = times(MONDAY_NINE)) {
                times.round();
                times.round();
                Eventually.holds(() -> told(member) == 1);
            }
            try (var again = times(MONDAY_NINE.plusSeconds(60))) {
                again.round();
            }
            try (var nextWeek = times(MONDAY_NINE.plusSeconds(7 * 86_400))) {
                nextWeek.round();
                Eventually.holds(() -> told(member) == 2);
            }
            assertThat(other.frames().toString()).doesNotContain("ConsultationDue");
        }
    }

    @Test
    void theAgendaIsWhatTheFiguresSay() {
        var agenda = TestNode.json(node.get("xinhe", agenda("weekly", "xinhe")));
        var figures =
                TestNode.json(
                                node.get(
                                        "xinhe",
                                        "/api/figures?period=week&from="
                                                + agenda.get("from").asString()))
                        .get("total");
        @Nullable JsonNode closure = item(agenda, "closure");
        assertThat(closure == null ? 0 : closure.get("count").asLong())
                .isEqualTo(figures.get("received").asLong());
        @Nullable JsonNode overdue = item(agenda, "overdue");
        assertThat(overdue == null ? 0 : overdue.get("count").asLong())
                .isEqualTo(figures.get("overdue").asLong());
    }

    @Test
    void whoMayNotCallItReadsNoAgendaAndOneThatDoesNotComeAgainHasNone() {
        assertThat(node.get("zeguo", agenda("weekly", "xinhe")).statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", agenda("iron-triangle", "xinhe")).statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", agenda("nothing", "xinhe")).statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", "/api/consultations/agenda").statusCode()).isEqualTo(400);
    }

    @Test
    void theListSaysWhenTheNextOneIs() {
        var presets = TestNode.json(node.get("xinhe", "/api/consultations")).get("presets");
        for (var preset : presets) {
            boolean once = preset.get("id").asString().equals("iron-triangle");
            assertThat(preset.has("nextAt")).as(preset.toString()).isNotEqualTo(once);
        }
        assertThat(presets).hasSize(4);
    }

    @Test
    void oneThatComesAgainIsOpenedByOnePress() {
        var body = Map.of("preset", "weekly", "town", "daxi");
        var answer = node.post("daxi", "/api/consultations", body);
        assertThat(answer.statusCode()).isEqualTo(201);
        var id = TestNode.json(answer).get("id").asString();
        assertThat(node.post("daxi", "/api/consultations/" + id + "/end", Map.of()).statusCode())
                .isEqualTo(200);
    }

    private MeetingTimes times(Instant now) {
        return new MeetingTimes(
                new Presets(
                        List.of(weekly),
                        Map.of(weekly, new Recurrence(Period.WEEK, 1, LocalTime.of(9, 0)))),
                node.bean("recordStores", RecordStores.class).mediations(),
                CALENDAR,
                node.bus(),
                node.bean("peers", Peers.class),
                () -> now);
    }

    private long told(TestSocket socket) {
        return socket.frames().stream()
                .filter(frame ->
                        frame.message() instanceof ConsultationDue due
                                && due.preset().equals(weekly.id()))
                .count();
    }

    private static String agenda(String preset, String town) {
        return "/api/consultations/agenda?preset=" + preset + "&town=" + town;
    }

    private static @Nullable JsonNode item(JsonNode agenda, String topic) {
        for (var item : agenda.get("items")) {
            if (item.get("topic").asString().equals(topic)) {
                return item;
            }
        }
        return null;
    }
}
