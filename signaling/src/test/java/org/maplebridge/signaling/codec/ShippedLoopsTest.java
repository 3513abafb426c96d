package org.maplebridge.signaling.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Actor;
import org.maplebridge.dispatch.incident.Decision;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Gate;
import org.maplebridge.dispatch.incident.Ledger;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Loops;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.TimeLimit;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import tools.jackson.databind.json.JsonMapper;

/// The loops that ship, and two matters that newspapers wrote about, with their dates.
class ShippedLoopsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Loops LOOPS = LoopFiles.read();
    private static final LoopWorkflow WORKFLOW = new LoopWorkflow(LOOPS);

    private static final NodeId TOWN = new NodeId("town");
    private static final NodeId OFFICE = new NodeId("office");
    private static final UserId WORKER = new UserId("grid-worker");
    private static final Actor ROOM = seat("room", TOWN, true);
    private static final Actor HANDLER = seat("handler", OFFICE, false);

    private Dossier dossier = opened(null, Instant.EPOCH);

    @Test
    void threeWordingsOfTheLoopShip() {
        assertThat(LOOPS.all())
                .extracting(loop -> loop.name().zh())
                .containsExactly("受理—流转—整改—反馈—审核—督导—销号", "受理—处置—反馈—督办", "监测—感知—研判—预警—处置");
        assertThat(LOOPS.all()).extracting(loop -> loop.steps().size()).containsExactly(7, 4, 5);
        assertThat(LOOPS.all())
                .allMatch(loop ->
                        new TimeLimit(1, 0).equals(loop.first().limit())); // the first response
    }

    @Test
    void holidaysAreKnownYearByYear() {
        var calendar = LOOPS.calendar();
        for (var off : new String[] {"2024-10-07", "2025-01-28", "2026-02-23", "2026-11-28"}) {
            assertThat(calendar.isWorked(LocalDate.parse(off))).as(off).isFalse();
        }
        for (var worked : new String[] {"2024-10-12", "2025-02-08", "2026-02-14", "2026-11-27"}) {
            assertThat(calendar.isWorked(LocalDate.parse(worked))).as(worked).isTrue();
        }
    }

    /// A villager scans a code on the afternoon of 27 June: a waterworks is loud. Within one minute
    /// the room sends it to the town's office. On 1 July the pump is found broken; it will be
    /// repaired by 5 July. The villager is told, and very satisfied.
    @Test
    void theNoiseOfTheWaterworks() {
        open(null, at("2024-06-27T15:00"));
        assertThat(due()).isEqualTo(at("2024-06-27T15:01"));
        var sent = at("2024-06-27T15:00").plusSeconds(50);
        done(ROOM, sent, new Action.Advance(null));
        done(ROOM, sent, new Action.Dispatch(OFFICE, Room.Role.JOINT, "属地事项清单", false, false));
        assertThat(dossier.incident().isOverdue(sent)).isFalse();
        done(ROOM, sent, new Action.Advance(null));
        assertThat(due()).isEqualTo(at("2024-07-01T15:00").plusSeconds(50));
        done(HANDLER, at("2024-06-27T16:00"), new Action.Accept());

        var found = at("2024-07-01T10:00");
        assertThat(dossier.incident().isOverdue(found)).isFalse();
        done(HANDLER, found, new Action.Extend("加压水泵故障,预计7月5日维修完毕"));
        assertThat(due()).isEqualTo(at("2024-07-03T10:00"));

        var repaired = at("2024-07-05T16:00");
        assertThat(gate(ROOM, repaired, new Action.Advance("维修完毕")))
                .isEqualTo(Gate.OVERDUE_REASON_REQUIRED);
        done(HANDLER, repaired, new Action.Extend("配件昨日才到"));
        done(HANDLER, repaired, new Action.Advance("水泵已换"));
        done(ROOM, repaired, new Action.Advance("维修完毕"));
        done(ROOM, repaired, new Action.Advance(null));
        done(ROOM, repaired, new Action.Advance(null));
        assertThat(gate(ROOM, repaired, new Action.Close("已修复"))).isEqualTo(Gate.CALLBACK_REQUIRED);
        done(ROOM, repaired, new Action.CallBack(Contact.How.CALL, "非常满意", null));
        done(ROOM, repaired, new Action.Close("加压水泵已修复"));
        assertThat(dossier.incident().isClosed()).isTrue();
    }

    /// On Thursday 7 August at 15:19 a grid worker reports a broken manhole cover. It goes to the
    /// bureau that owns it, with two working days. On 8 August there is a new one.
    @Test
    void theManholeCover() {
        var reported = at("2025-08-07T15:19");
        open("facility", reported);
        assertThat(dossier.incident().standing().loop()).isEqualTo("four-steps");
        done(ROOM, reported.plusSeconds(40), new Action.Advance(null));
        done(
                ROOM,
                reported.plusSeconds(45),
                new Action.Dispatch(OFFICE, Room.Role.JOINT, "市政道路井盖属区住建局", false, false));
        assertThat(due()).isEqualTo(at("2025-08-11T15:19").plusSeconds(40));
        assertThat(Duration.between(reported, due())).isGreaterThan(Duration.ofDays(3));
        done(HANDLER, at("2025-08-07T15:40"), new Action.Accept());

        var changed = at("2025-08-08T11:00");
        assertThat(dossier.incident().isOverdue(changed)).isFalse();
        done(HANDLER, changed, new Action.Advance("井盖已更换,照片已传"));
        var removed = new Action.Advance("隐患消除");
        assertThat(gate(ROOM, changed, removed)).isEqualTo(Gate.EVIDENCE_REQUIRED);
        show(reported, false);
        assertThat(gate(ROOM, changed, removed)).isEqualTo(Gate.EVIDENCE_REQUIRED);
        show(changed, true);
        done(ROOM, changed, removed);
        done(ROOM, changed, new Action.Advance(null));
        var worker = new Actor(WORKER, null, TOWN, true, true, TOWN::equals, false);
        done(ROOM, changed, new Action.CallBack(Contact.How.CALL, "已确认", null));
        assertThat(gate(worker, changed, new Action.Close("已更换")))
                .isEqualTo(Gate.REPORTER_MAY_NOT_CLOSE);
        done(ROOM, changed, new Action.Close("已更换"));
        assertThat(dossier.incident().closedAt()).isEqualTo(changed);
    }

    /// A citizen's picture shows the hole, one of ours the new cover.
    private void show(Instant at, boolean ofOurs) {
        var ledger = dossier.ledger();
        var exhibits = new ArrayList<>(ledger.exhibits());
        exhibits.add(new Ledger.Exhibit(new EvidenceId("e" + exhibits.size()), at, ofOurs));
        dossier =
                new Dossier(
                        dossier.incident(),
                        new Ledger(
                                ledger.rooms(),
                                ledger.visits(),
                                ledger.contacts(),
                                ledger.arrivals(),
                                exhibits,
                                ledger.expected(),
                                ledger.sessions(),
                                ledger.letters()));
    }

    @Test
    void aLoopThatMakesNoSenseIsNoLoop() {
        for (var steps :
                new String[] {
                    "[]",
                    "[{'id':'a','name':{'zh':'一','en':'a'},'state':'CLOSED','owner':'OWNER'}]",
                    "[{'id':'a','name':{'zh':'一','en':'a'},'state':'ALMOST','owner':'OWNER'}]",
                    "[{'id':'a b','name':{'zh':'一','en':'a'},'state':'REVIEW','owner':'OWNER'}]"
                }) {
            var json =
                    "{'id':'x','name':{'zh':'一','en':'a'},'kinds':[],'mustAttend':[],'steps':%s}"
                            .formatted(steps)
                            .replace('\'', '"');
            assertThatThrownBy(() -> LoopFiles.loop(new JsonMapper().readTree(json)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void open(@Nullable String kind, Instant at) {
        dossier = opened(kind, at);
        assertThat(dossier.incident().standing().step())
                .isEqualTo(LOOPS.of(dossier.incident()).first().id());
    }

    private static Dossier opened(@Nullable String kind, Instant at) {
        var origin = new Origin(Origin.Source.GRID, kind, "", null, WORKER);
        var report =
                new Dossier.Report(
                        new IncidentId("i"), "t", Severity.YELLOW, TOWN, "p", null, origin, false);
        return WORKFLOW.open(report, at);
    }

    private void done(Actor actor, Instant now, Action action) {
        var decision = WORKFLOW.decide(dossier, action, actor, now);
        assertThat(decision).isInstanceOf(Decision.Done.class);
        dossier = ((Decision.Done) decision).next();
    }

    private @Nullable Gate gate(Actor actor, Instant now, Action action) {
        return WORKFLOW.decide(dossier, action, actor, now) instanceof Decision.Refused(var gate, _)
                ? gate
                : null;
    }

    private @Nullable Instant due() {
        return dossier.incident().standing().due();
    }

    private static Actor seat(String id, NodeId node, boolean supervises) {
        return new Actor(new UserId(id), null, node, true, supervises, node::equals, false);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
