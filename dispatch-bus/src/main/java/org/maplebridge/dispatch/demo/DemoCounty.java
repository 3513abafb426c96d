package org.maplebridge.dispatch.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// The demo county as values, and how it gets into a record. Who is in it stands in docs/demo.md.
public final class DemoCounty {
    private DemoCounty() {}

    public static Organisation organisation() {
        return Organisation.of(
                new Organisation.Parts(
                        DemoPlaces.nodes(),
                        DemoPlaces.pairings(),
                        DemoPeople.seats(),
                        DemoPlaces.units(),
                        DemoPeople.roles(),
                        DemoPeople.users()));
    }

    /// One account for every user, all with the same password.
    public static List<Account> accounts(String passwordHash) {
        return organisation().users().stream()
                .map(User::id)
                .map(user -> Account.of(user, passwordHash))
                .toList();
    }

    /// Thirty incidents in all states, as if opened in the days before `now`.
    public static List<Incident> incidents(Instant now) {
        return DemoIncidents.before(now);
    }

    /// Fills an empty record. The organisation comes last: a load that was interrupted is done
    /// again, and one that was finished is left alone, whatever was changed since.
    ///
    /// @return false when the record has an organisation already
    public static boolean load(RecordStores record, String passwordHash, Instant now)
            throws RecordUnavailable {
        if (record.organisation().load().isPresent()) {
            return false;
        }
        for (Account account : accounts(passwordHash)) {
            if (!record.accounts().create(account)) {
                record.accounts().setPassword(account.user(), passwordHash);
            }
        }
        for (Incident incident : incidents(now)) {
            record.incidents().open(incident, opened(incident));
        }
        record.organisation().replace(organisation());
        return true;
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
