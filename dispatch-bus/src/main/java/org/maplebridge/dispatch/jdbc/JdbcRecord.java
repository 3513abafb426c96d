package org.maplebridge.dispatch.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.maplebridge.dispatch.jdbc.evidence.JdbcEvidence;
import org.maplebridge.dispatch.jdbc.figures.JdbcCheckIns;
import org.maplebridge.dispatch.jdbc.figures.JdbcDuty;
import org.maplebridge.dispatch.jdbc.figures.JdbcFigures;
import org.maplebridge.dispatch.jdbc.figures.JdbcMessages;
import org.maplebridge.dispatch.jdbc.mediation.JdbcMediations;
import org.maplebridge.dispatch.jdbc.meeting.JdbcShowings;
import org.maplebridge.dispatch.jdbc.recording.JdbcMarks;
import org.maplebridge.dispatch.jdbc.recording.JdbcRecordings;
import org.maplebridge.dispatch.jdbc.recording.JdbcTracks;
import org.maplebridge.dispatch.jdbc.seal.JdbcSeals;
import org.maplebridge.dispatch.store.AccountStore;
import org.maplebridge.dispatch.store.AlertStore;
import org.maplebridge.dispatch.store.ApiKeyStore;
import org.maplebridge.dispatch.store.AuditStore;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.CallbackStore;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.MadeGroupStore;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.OrganisationStore;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore;
import org.maplebridge.dispatch.store.ShowingStore;
import org.maplebridge.dispatch.store.duty.CheckInStore;
import org.maplebridge.dispatch.store.duty.DutyStore;
import org.maplebridge.dispatch.store.duty.FigureStore;
import org.maplebridge.dispatch.store.duty.MessageStore;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.recording.MarkStore;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.dispatch.store.recording.TrackStore;
import org.maplebridge.dispatch.store.seal.SealStore;

/// The record in one database: connections, schema, and a store for each part.
///
/// Thread: any; the pool guards itself.
public final class JdbcRecord implements RecordStores {
    /// A statement that takes longer than this has no answer that anybody waits for.
    private static final String SOCKET_TIMEOUT_SECONDS = "5";

    /// A connection that was idle and does not say that it lives within this time is thrown away:
    /// behind a network that was cut, all of them have to be tried within the patience of a caller.
    private static final int ALIVE_MILLIS = 500;

    private static final String MIGRATION = "classpath:org/maplebridge/dispatch/jdbc/migration";

    /// What only PostgreSQL needs.
    private static final String POSTGRES = "classpath:org/maplebridge/dispatch/jdbc/postgres";

    private final HikariDataSource pool;
    private final boolean embedded;
    private final Database database;
    private final JdbcAccounts accounts;
    private final JdbcApiKeys apiKeys;
    private final JdbcOrganisation organisation;
    private final JdbcOrders orders;
    private final JdbcIncidents incidents;
    private final JdbcReports reports;
    private final JdbcEvidence evidence;
    private final JdbcIntakeLists intakeLists;
    private final JdbcMadeGroups madeGroups;
    private final JdbcAlerts alerts;
    private final JdbcCallbacks callbacks;
    private final JdbcJournal journal;
    private final JdbcSeals seals;
    private final JdbcAudit audit;
    private final JdbcBursts bursts;
    private final JdbcFigures figures;
    private final JdbcDuty duty;
    private final JdbcCheckIns checkIns;
    private final JdbcMessages messages;
    private final JdbcShowings showings;
    private final JdbcMediations mediations;
    private final JdbcTracks tracks;
    private final JdbcMarks marks;
    private final JdbcRecordings recordings;

    private JdbcRecord(HikariDataSource pool, JdbcSettings settings) {
        this.pool = pool;
        embedded = settings.file().isPresent();
        database = new Database(new ImpatientPool(pool, System::nanoTime), writers(settings));
        accounts = new JdbcAccounts(database);
        apiKeys = new JdbcApiKeys(database);
        organisation = new JdbcOrganisation(database);
        orders = new JdbcOrders(database);
        incidents = new JdbcIncidents(database);
        reports = new JdbcReports(database);
        evidence = new JdbcEvidence(database);
        intakeLists = new JdbcIntakeLists(database);
        madeGroups = new JdbcMadeGroups(database);
        alerts = new JdbcAlerts(database);
        callbacks = new JdbcCallbacks(database);
        journal = new JdbcJournal(database);
        seals = new JdbcSeals(database);
        audit = new JdbcAudit(database);
        bursts = new JdbcBursts(database);
        figures = new JdbcFigures(database);
        duty = new JdbcDuty(database);
        checkIns = new JdbcCheckIns(database, JdbcJournal::append);
        messages = new JdbcMessages(database);
        showings = new JdbcShowings(database, JdbcJournal::append);
        mediations = new JdbcMediations(database, JdbcJournal::append);
        tracks = new JdbcTracks(database);
        marks = new JdbcMarks(database, JdbcJournal::append);
        recordings = new JdbcRecordings(database, JdbcJournal::append);
    }

    /// Connects and brings the schema up to date.
    public static JdbcRecord open(JdbcSettings settings) throws RecordUnavailable {
        settings.file().ifPresent(H2Tidying::tidy);
        HikariDataSource pool = connect(settings);
        try {
            migrate(settings);
        } catch (FlywayException failure) {
            pool.close();
            throw new RecordUnavailable("the schema cannot be brought up to date", failure);
        }
        return new JdbcRecord(pool, settings);
    }

    private static Database.Writers writers(JdbcSettings settings) {
        if (settings.file().isPresent()) {
            return Database.Writers.ONE_AT_A_TIME;
        }
        return settings.isPostgres() ? Database.Writers.BY_KEY : Database.Writers.BY_ROW;
    }

    /// Over a connection of its own: an index of a record of years takes longer than anybody waits
    /// for a statement, and so does the turn of who comes while another node is at it.
    private static void migrate(JdbcSettings settings) {
        boolean named = !settings.user().isEmpty();
        Flyway.configure()
                .dataSource(
                        settings.url(),
                        named ? settings.user() : null,
                        named ? settings.password() : null)
                .locations(
                        settings.isPostgres()
                                ? new String[] {MIGRATION, POSTGRES}
                                : new String[] {MIGRATION})
                .load()
                .migrate();
    }

    private static HikariDataSource connect(JdbcSettings settings) throws RecordUnavailable {
        var config = new HikariConfig();
        config.setPoolName("record");
        config.setJdbcUrl(settings.url());
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(settings.patienceMillis());
        config.setValidationTimeout(ALIVE_MILLIS);
        if (settings.isPostgres()) {
            config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
            config.addDataSourceProperty("connectTimeout", "3");
            config.addDataSourceProperty("tcpKeepAlive", "true");
        }
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException failure) {
            throw Database.unavailable(failure);
        }
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public ApiKeyStore apiKeys() {
        return apiKeys;
    }

    @Override
    public OrganisationStore organisation() {
        return organisation;
    }

    @Override
    public OrderStore orders() {
        return orders;
    }

    @Override
    public IncidentStore incidents() {
        return incidents;
    }

    @Override
    public ReportStore reports() {
        return reports;
    }

    @Override
    public EvidenceStore evidence() {
        return evidence;
    }

    @Override
    public IntakeLists intakeLists() {
        return intakeLists;
    }

    @Override
    public MadeGroupStore madeGroups() {
        return madeGroups;
    }

    @Override
    public AlertStore alerts() {
        return alerts;
    }

    @Override
    public CallbackStore callbacks() {
        return callbacks;
    }

    @Override
    public JournalStore journal() {
        return journal;
    }

    @Override
    public SealStore seals() {
        return seals;
    }

    @Override
    public AuditStore audit() {
        return audit;
    }

    @Override
    public BurstStore bursts() {
        return bursts;
    }

    @Override
    public FigureStore figures() {
        return figures;
    }

    @Override
    public DutyStore duty() {
        return duty;
    }

    @Override
    public CheckInStore checkIns() {
        return checkIns;
    }

    @Override
    public MessageStore messages() {
        return messages;
    }

    @Override
    public ShowingStore showings() {
        return showings;
    }

    @Override
    public MediationStore mediations() {
        return mediations;
    }

    @Override
    public TrackStore tracks() {
        return tracks;
    }

    @Override
    public MarkStore marks() {
        return marks;
    }

    @Override
    public RecordingStore recordings() {
        return recordings;
    }

    @Override
    public boolean isAvailable() {
        try {
            return database.run(sql -> sql.sql("select 1").query(Integer.class).single()) == 1;
        } catch (RecordUnavailable silent) {
            return false;
        }
    }

    @Override
    public boolean copyTo(Path copy) throws RecordUnavailable, IOException {
        if (embedded) {
            H2Copy.write(database, copy);
        }
        return embedded;
    }

    @Override
    public void close() {
        pool.close();
    }
}
