package org.maplebridge.dispatch.store;

/// All doors to the record.
public interface RecordStores extends AutoCloseable {
    AccountStore accounts();

    ApiKeyStore apiKeys();

    OrganisationStore organisation();

    OrderStore orders();

    IncidentStore incidents();

    MadeGroupStore madeGroups();

    AlertStore alerts();

    CallbackStore callbacks();

    JournalStore journal();

    AuditStore audit();

    BurstStore bursts();

    /// Whether the database answers right now; waits at most a few seconds.
    boolean isAvailable();

    @Override
    void close();
}
