package org.maplebridge.dispatch.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// The demo county as values, and how it gets into a record. Who is in it stands in docs/demo.md.
public final class DemoCounty {
    private static final UserId ADMIN = new UserId("admin");

    private DemoCounty() {}

    /// Handhelds beyond those of docs/demo.md, for load tests.
    ///
    /// @param passwordHash cheap to check, since a thousand of them sign in at once
    public record Handhelds(int count, String passwordHash) {
        public static final int MOST = 5_000;

        public static Handhelds none() {
            return new Handhelds(0, "");
        }
    }

    public static Organisation organisation() {
        return organisation(Handhelds.none());
    }

    static Organisation organisation(Handhelds handhelds) {
        var more = new DemoHandhelds(handhelds.count());
        return Organisation.of(
                new Organisation.Parts(
                        joined(DemoPlaces.nodes(), more.stations()),
                        DemoPlaces.pairings(),
                        DemoPeople.seats(),
                        joined(DemoPlaces.units(), more.units()),
                        DemoPeople.roles(),
                        joined(DemoPeople.users(), more.users())));
    }

    /// One account for every user, all with the same password.
    public static List<Account> accounts(String passwordHash) {
        return accounts(passwordHash, Handhelds.none());
    }

    public static List<Account> accounts(String passwordHash, Handhelds handhelds) {
        var people = DemoPeople.users().stream().map(user -> Account.of(user.id(), passwordHash));
        var more = new DemoHandhelds(handhelds.count()).users().stream();
        return Stream.concat(people, more.map(u -> Account.of(u.id(), handhelds.passwordHash())))
                .toList();
    }

    /// Thirty incidents in all states, as if opened in the days before `now`.
    public static List<Dossier> incidents(Instant now) {
        return DemoIncidents.before(now);
    }

    /// Two, both led by the account `mediator`.
    public static List<Mediation> mediations(Instant now) {
        return DemoMediations.before(now);
    }

    /// What hangs on walls and lamp posts, and a group of sensors.
    public static List<ReportCode> codes() {
        return DemoIntake.codes();
    }

    /// Fills an empty record. The organisation comes last: a load that was interrupted is done
    /// again, and one that was finished is left alone, whatever was changed since.
    ///
    /// @return false when the record has an organisation already
    public static boolean load(RecordStores record, String passwordHash, Instant now)
            throws RecordUnavailable {
        return load(record, passwordHash, Handhelds.none(), now);
    }

    public static boolean load(
            RecordStores record, String passwordHash, Handhelds handhelds, Instant now)
            throws RecordUnavailable {
        if (record.organisation().load().isPresent()) {
            return false;
        }
        for (Account account : accounts(passwordHash, handhelds)) {
            if (!record.accounts().create(account)) {
                record.accounts().setPassword(account.user(), account.passwordHash());
            }
        }
        for (Dossier dossier : incidents(now)) {
            record.incidents().open(dossier, opened(dossier.incident()));
        }
        loadIntake(record, now);
        for (Mediation mediation : mediations(now)) {
            record.mediations()
                    .open(mediation, setUp(now, JournalKind.MEDIATION_OPENED, mediation.node()));
        }
        record.organisation().replace(organisation(handhelds));
        return true;
    }

    private static void loadIntake(RecordStores record, Instant now) throws RecordUnavailable {
        for (ReportCode code : codes()) {
            record.intakeLists().add(code, setUp(now, JournalKind.REPORT_CODE_ADDED, code.node()));
        }
        if (record.intakeLists().ownershipVersion() == 0) {
            record.intakeLists()
                    .importOwnership(
                            DemoIntake.ownership(),
                            ADMIN,
                            now,
                            _ -> setUp(now, JournalKind.OWNERSHIP_IMPORTED, DemoPlaces.CITY));
        }
    }

    private static Happening setUp(Instant at, JournalKind kind, NodeId node) {
        return Happening.by(ADMIN, at, kind, List.of(Subject.of(node)));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Happening opened(Incident incident) {
        @Nullable Instant closedAt = incident.closedAt();
        Map<String, String> detail =
                closedAt == null
                        ? Map.of("state", incident.state().name())
                        : Map.of("state", incident.state().name(), "closedAt", closedAt.toString());
        return new Happening(
                incident.openedAt(),
                JournalKind.INCIDENT_OPENED,
                null,
                null,
                List.of(Subject.of(incident.id()), Subject.of(incident.node())),
                detail);
    }
}
