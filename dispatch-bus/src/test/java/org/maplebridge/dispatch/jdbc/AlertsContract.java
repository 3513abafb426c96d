package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.alert.AlertInput;
import org.maplebridge.dispatch.alert.AlertWorkflow;
import org.maplebridge.dispatch.alert.Cry;
import org.maplebridge.dispatch.call.Callback;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.CallbackId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.CallbackStore.Asking;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// What every record promises about calls for help and wishes to be called back.
interface AlertsContract {
    Instant RAISED_AT = Instant.parse("2026-11-21T12:00:00.123456Z");
    UnitId CAR = new UnitId("car1");
    UnitId XINHE = new UnitId("xinhe");
    UserId CREW = new UserId("car1");
    UserId XINHE_CLERK = new UserId("xinhe");

    RecordStores store();

    @Test
    default void anAlertIsRaisedOnceAndFoundAsItWasRaised() throws RecordUnavailable {
        var alert = raised("a", Severity.RED, new GroupId("group-xinhe"), new GeoPoint(28.3, 121));

        assertThat(raise(alert)).isTrue();
        assertThat(raise(alert)).isFalse();

        assertThat(store().alerts().find(alert.id())).contains(alert);
        assertThat(store().alerts().find(new AlertId("b"))).isEmpty();
        assertThat(store().journal().about(Subject.of(CAR), 0, 10)).hasSize(1);
    }

    @Test
    default void anAlertIsChangedFromTheVersionThatWasRead() throws RecordUnavailable {
        var alert = raised("a", Severity.ORANGE, null, null);
        raise(alert);
        var active = stepped(alert, new AlertInput.Elapsed());

        assertThat(store().alerts().save(active, happening(JournalKind.ALERT_ACTIVE))).isTrue();
        assertThat(store().alerts().save(active, happening(JournalKind.ALERT_ACTIVE))).isFalse();

        var stored = store().alerts().find(alert.id()).orElseThrow();
        assertThat(stored.phase()).isEqualTo(Alert.Phase.ACTIVE);
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.group()).isNull();
        assertThat(stored.position()).isNull();
        assertThat(store().journal().about(Subject.of(CAR), 0, 10)).hasSize(2);
    }

    @Test
    default void openAlertsAreThoseThatAreNotOver() throws RecordUnavailable {
        var first = raised("b", Severity.RED, null, null);
        var second = raised("a", Severity.RED, null, null);
        raise(first);
        raise(second);
        assertThat(store().alerts().open()).containsExactly(second, first);

        var over = stepped(first, new AlertInput.End(XINHE_CLERK, true, "到场处置完毕"));
        store().alerts().save(over, happening(JournalKind.ALERT_CANCELLED));

        assertThat(store().alerts().open()).containsExactly(second);
        var stored = store().alerts().find(first.id()).orElseThrow();
        assertThat(stored.phase()).isEqualTo(Alert.Phase.CANCELLED);
        assertThat(stored.ending())
                .isEqualTo(new Alert.Ending(XINHE_CLERK, RAISED_AT.plusSeconds(9), "到场处置完毕"));
    }

    @Test
    default void aCallbackIsKeptUntilItIsDone() throws RecordUnavailable {
        var callback = callback("c", XINHE);

        assertThat(ask(callback)).isEqualTo(Asking.ASKED);
        assertThat(ask(callback)).isEqualTo(Asking.REPEATED);
        assertThat(ask(callback("c", new UnitId("city")))).isEqualTo(Asking.CONFLICT);
        assertThat(store().callbacks().find(callback.id())).contains(callback);
        assertThat(store().callbacks().openFor(XINHE)).containsExactly(callback);
        assertThat(store().callbacks().openFor(CAR)).containsExactly(callback);
        assertThat(store().callbacks().openFor(new UnitId("city"))).isEmpty();

        assertThat(done(callback)).isTrue();
        assertThat(done(callback)).isFalse();
        assertThat(done(callback("d", XINHE))).isFalse();
        assertThat(store().callbacks().openFor(XINHE)).isEmpty();
        assertThat(ask(callback)).isEqualTo(Asking.REPEATED);
        var stored = store().callbacks().find(callback.id()).orElseThrow();
        assertThat(stored.doneBy()).isEqualTo(XINHE_CLERK);
        assertThat(stored.isOpen()).isFalse();
        assertThat(store().journal().about(Subject.of(CAR), 0, 10)).hasSize(2);
    }

    @Test
    default void nobodyIsAskedForMoreThanTheyCanDo() throws RecordUnavailable {
        for (int i = 0; i < Callback.MOST_OPEN; i++) {
            assertThat(ask(callback("c" + i, XINHE))).isEqualTo(Asking.ASKED);
        }

        assertThat(ask(callback("more", XINHE))).isEqualTo(Asking.TOO_MANY);
        assertThat(ask(callback("c7", XINHE))).isEqualTo(Asking.REPEATED);
        assertThat(ask(callback("more", new UnitId("city")))).isEqualTo(Asking.ASKED);
        done(callback("c7", XINHE));
        assertThat(ask(callback("again", XINHE))).isEqualTo(Asking.ASKED);
    }

    private boolean raise(Alert alert) throws RecordUnavailable {
        return store().alerts().raise(alert, happening(JournalKind.ALERT_RAISED));
    }

    private Asking ask(Callback callback) throws RecordUnavailable {
        return store().callbacks().ask(callback, happening(JournalKind.CALLBACK_ASKED));
    }

    private boolean done(Callback callback) throws RecordUnavailable {
        return store().callbacks()
                .done(
                        callback.id(),
                        XINHE_CLERK,
                        RAISED_AT.plusSeconds(60),
                        happening(JournalKind.CALLBACK_DONE));
    }

    private static Callback callback(String id, UnitId asked) {
        return Callback.ask(new CallbackId(id), asked, CAR, CREW, "车辆需要更换", RAISED_AT);
    }

    private static Alert raised(
            String id, Severity tier, @Nullable GroupId group, @Nullable GeoPoint position) {
        var cry = new Cry(new AlertId(id), CAR, CREW, tier, group, position);
        return ((AlertWorkflow.Raising.Raised)
                        AlertWorkflow.raise(cry, Duration.ofSeconds(5), null, RAISED_AT))
                .alert();
    }

    private static Alert stepped(Alert alert, AlertInput input) {
        return AlertWorkflow.step(alert, input, RAISED_AT.plusSeconds(9)).next();
    }

    private static Happening happening(JournalKind kind) {
        return Happening.by(CREW, RAISED_AT, kind, List.of(Subject.of(CAR)));
    }
}
