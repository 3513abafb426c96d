package org.maplebridge.signaling.mediation.consultation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.figures.meeting.Recurrence;
import org.maplebridge.dispatch.incident.WorkingCalendar;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.protocol.ConsultationNews.ConsultationDue;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.RecordNews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the members of meetings that come again when it is time, once, on all nodes. Nothing is
/// opened by itself.
///
/// Thread: one calls [#round]; news come on one of their own.
public final class MeetingTimes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeetingTimes.class);

    /// Between id and town in an envelope; in neither of them.
    private static final String BETWEEN = " ";

    private final Presets presets;
    private final MediationStore store;
    private final WorkingCalendar calendar;
    private final Peers peers;
    private final InstantSource clock;
    private final RecordNews news;

    public MeetingTimes(
            Presets presets,
            MediationStore store,
            WorkingCalendar calendar,
            DispatchBus bus,
            Peers peers,
            InstantSource clock) {
        this.presets = presets;
        this.store = store;
        this.calendar = calendar;
        this.peers = peers;
        this.clock = clock;
        news = new RecordNews(bus, Topic.MEETINGS, "meeting", this::tell);
    }

    /// Which day's meeting is to be talked about, and when the next one is.
    public Optional<Instant> next(Preset preset) {
        return presets.every(preset).flatMap(every -> every.next(clock.instant(), calendar));
    }

    /// Looks whether it is time for any.
    public void round() {
        presets.recurring().forEach(this::look);
    }

    private void look(Preset preset, Recurrence every) {
        var now = clock.instant();
        Optional<LocalDate> day = every.due(now, calendar);
        try {
            if (day.isPresent() && store.announce(preset.id(), preset.town(), day.get(), now)) {
                news.publish(preset.id() + BETWEEN + preset.town());
            }
        } catch (RecordUnavailable e) {
            LOG.warn("nobody is told yet that it is time for {}: no database", preset.id(), e);
        }
    }

    private void tell(String id) {
        var parts = id.split(BETWEEN, 2);
        presets.find(parts[0], parts[1]).ifPresent(this::tell);
    }

    private void tell(Preset preset) {
        peers.where(peer ->
                        !peer.isTerminal() && preset.members().contains(peer.person().user().id()))
                .forEach(peer ->
                        peer.send(
                                new ConsultationDue(
                                        preset.id(),
                                        preset.town().value(),
                                        preset.name().in(peer.locale()))));
    }

    @Override
    public void close() {
        news.close();
    }
}
