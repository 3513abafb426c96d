package org.maplebridge.signaling.mediation;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaState;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.State;
import org.maplebridge.signaling.recording.RunningRecordings;
import org.maplebridge.signaling.scene.floor.RelayInbox;

/// The mediations at which somebody sits on this node. A table is there as long as anybody is at
/// it.
///
/// Thread: any.
public final class Tables implements RelayInbox.LegReader {
    private final RecordStores record;
    private final MediaRelay relay;
    private final RunningRecordings recordings;
    private final ExhibitLinks links;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Map<MediationId, Table> open = new ConcurrentHashMap<>();
    private volatile Consumer<MediationId> listener = _ -> {};

    public Tables(
            RecordStores record,
            MediaRelay relay,
            RunningRecordings recordings,
            ExhibitLinks links,
            ScheduledExecutorService timer,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.record = record;
        this.relay = relay;
        this.recordings = recordings;
        this.links = links;
        this.timer = timer;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /// @param told after somebody has come to a table or gone; must not wait
    public void onComingAndGoing(Consumer<MediationId> told) {
        listener = told;
    }

    public Optional<Table> of(MediationId id) {
        return Optional.ofNullable(open.get(id));
    }

    /// Somebody sits down; nothing when there is no such mediation.
    public Optional<Table> came(Attendant who) throws RecordUnavailable {
        var id = who.participant().mediation();
        Optional<Mediation> found = record.mediations().find(id);
        if (found.filter(one -> one.person(who.participant().person()).isPresent()).isEmpty()) {
            return Optional.empty();
        }
        var table =
                open.compute(
                        id,
                        (_, there) -> {
                            var one = there == null ? table(found.get()) : there;
                            one.came(who, found.get());
                            return one;
                        });
        listener.accept(id);
        return Optional.ofNullable(table);
    }

    public void left(Attendant who) {
        open.computeIfPresent(
                who.participant().mediation(),
                (_, table) -> {
                    table.left(who);
                    return table.isEmpty() ? null : table;
                });
        listener.accept(who.participant().mediation());
    }

    /// Changes a mediation from outside, whether anybody sits at it or not.
    ///
    /// @param by whose place, if it is anybody's
    public Optional<Bar> change(
            Mediation mediation, @Nullable PersonId by, String what, Table.Change change)
            throws RecordUnavailable {
        @Nullable Table there = open.get(mediation.id());
        var table = there == null ? table(mediation) : there;
        return table.change(by, what, change);
    }

    /// Ends a consultation, whether anybody sits at it or not.
    public Optional<Bar> end(
            Mediation mediation, Table.Change change, Function<Mediation, Happening> happening)
            throws RecordUnavailable {
        @Nullable Table there = open.get(mediation.id());
        return (there == null ? table(mediation) : there).end(change, happening);
    }

    private Table table(Mediation mediation) {
        return new Table(
                mediation,
                record.mediations(),
                record.journal(),
                relay,
                recordings,
                links,
                nanoClock,
                table -> nanos -> later(table, nanos),
                clock);
    }

    private void later(Table table, long nanos) {
        var unused =
                timer.schedule(
                        () -> Thread.ofVirtual().name("table").start(table::settle),
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    public int count() {
        return open.size();
    }

    @Override
    public void connected(LegId leg) {
        tell(leg, table -> table.told(leg, new MediaState(State.CONNECTED, null)));
    }

    @Override
    public void lost(LegId leg, String cause) {
        tell(leg, table -> table.told(leg, new MediaState(State.LOST, cause)));
    }

    @Override
    public void shown(RelayEvent.PictureShown shown) {
        tell(shown.leg(), table -> table.shown(shown));
    }

    private void tell(LegId leg, Consumer<Table> news) {
        if (leg.value().startsWith(LEG)) {
            open.values().forEach(table -> table.hear(() -> news.accept(table)));
        }
    }

    /// How legs at tables are called.
    public static final String LEG = "table.";
}
