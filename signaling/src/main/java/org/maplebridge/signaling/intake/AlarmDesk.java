package org.maplebridge.signaling.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works off the alarms that devices sent: each is written by its id, and acknowledged after that,
/// so that a node that dies in between leaves one that is found written already.
///
/// Thread: one virtual thread of its own works; the counter is read by any.
public final class AlarmDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmDesk.class);
    private static final int AT_ONCE = 100;
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    /// Of all nodes: who died is told by the time that passed, and a name for each start of a node
    /// would stay with the shared store for ever.
    private static final String CONSUMER = "intake";

    /// Waits before what was away is tried again.
    @FunctionalInterface
    public interface Pause {
        void rest() throws InterruptedException;
    }

    private final Alarms alarms;
    private final IntakeLists lists;
    private final IntakeDesk desk;
    private final AlarmReading reading;
    private final Roster roster;
    private final InstantSource clock;
    private final Pause pause;
    private final AtomicLong worked = new AtomicLong();
    private final Thread thread;
    private volatile boolean open = true;

    public AlarmDesk(
            Alarms alarms,
            IntakeLists lists,
            IntakeDesk desk,
            AlarmReading reading,
            Roster roster,
            InstantSource clock,
            Pause pause) {
        this.alarms = alarms;
        this.lists = lists;
        this.desk = desk;
        this.reading = reading;
        this.roster = roster;
        this.clock = clock;
        this.pause = pause;
        thread = Thread.ofVirtual().name("alarms").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    /// Alarms written or found written, and acknowledged.
    public long worked() {
        return worked.get();
    }

    /// Not by an interrupt, which would close the file of an embedded database under a writer.
    @Override
    public void close() throws InterruptedException {
        open = false;
        if (thread.isAlive()) {
            thread.join(GOODBYE);
        }
    }

    private void work() {
        try {
            while (open) {
                if (!workOnce()) {
                    pause.rest();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("no alarms are worked off any more", e);
        }
    }

    /// @return false when what the nodes share is away
    boolean workOnce() throws InterruptedException {
        try {
            for (var handed : alarms.read(CONSUMER, AT_ONCE, WAIT)) {
                if (isWritten(handed.alarm())) {
                    alarms.acknowledge(handed);
                    worked.incrementAndGet();
                }
            }
            return true;
        } catch (TelemetryUnavailable e) {
            LOG.warn("alarms cannot be had: {}", e.getMessage());
            return false;
        }
    }

    /// While the record is away the same alarm is tried again; somebody else may have it meanwhile,
    /// which is harmless. A fault of ours keeps it open: it comes again, and is never forgotten.
    private boolean isWritten(Alarm alarm) throws InterruptedException {
        while (open) {
            try {
                write(alarm);
                return true;
            } catch (RecordUnavailable e) {
                LOG.warn("alarms cannot be written: {}", e.getMessage());
                pause.rest();
            } catch (RuntimeException e) {
                LOG.error("the alarm {} cannot be written", alarm.id(), e);
                return false;
            }
        }
        return false;
    }

    private void write(Alarm alarm) throws RecordUnavailable {
        Optional<ReportCode> code = lists.code(alarm.source());
        var unused = desk.take(reading.statement(alarm, code, clock.instant()), door(code));
    }

    /// What nobody has said more about goes to the centre, and is more than a nuisance.
    private IntakeDesk.Door door(Optional<ReportCode> code) {
        var node = code.map(ReportCode::node).orElseGet(() -> roster.organisation().centre().id());
        var severity = code.map(ReportCode::severity).orElse(Severity.ORANGE);
        return new IntakeDesk.Door(Source.DEVICE, node, severity, null);
    }
}
