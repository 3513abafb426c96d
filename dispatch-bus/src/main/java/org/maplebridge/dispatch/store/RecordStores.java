package org.maplebridge.dispatch.store;

import java.io.IOException;
import java.nio.file.Path;
import org.maplebridge.dispatch.store.duty.CheckInStore;
import org.maplebridge.dispatch.store.duty.DutyStore;
import org.maplebridge.dispatch.store.duty.FigureStore;
import org.maplebridge.dispatch.store.duty.MessageStore;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.recording.MarkStore;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.dispatch.store.recording.TrackStore;
import org.maplebridge.dispatch.store.seal.SealStore;

/// All doors to the record.
public interface RecordStores extends AutoCloseable {
    AccountStore accounts();

    ApiKeyStore apiKeys();

    OrganisationStore organisation();

    OrderStore orders();

    IncidentStore incidents();

    ReportStore reports();

    EvidenceStore evidence();

    IntakeLists intakeLists();

    MadeGroupStore madeGroups();

    AlertStore alerts();

    CallbackStore callbacks();

    JournalStore journal();

    SealStore seals();

    AuditStore audit();

    BurstStore bursts();

    FigureStore figures();

    DutyStore duty();

    CheckInStore checkIns();

    MessageStore messages();

    ShowingStore showings();

    MediationStore mediations();

    TrackStore tracks();

    MarkStore marks();

    RecordingStore recordings();

    /// Whether the database answers right now; waits at most a few seconds.
    boolean isAvailable();

    /// Copies an embedded database as it is at one moment, while it is in use.
    ///
    /// @param copy a file that is not there yet; half a copy never bears this name
    /// @return whether there is one now: a database on a server has backups of its own
    boolean copyTo(Path copy) throws RecordUnavailable, IOException;

    @Override
    void close();
}
