package org.maplebridge.load.incidents;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What the record has in the end, read from its tables behind every node's back.
///
/// @param reports ids that senders chose
/// @param notes the same ids, as the journal has them
/// @param titles of all incidents
/// @param orders words of all orders
/// @param steps `words step unit` of all that was reported of orders
record WhatIsWritten(
        List<String> reports,
        List<String> notes,
        List<String> titles,
        List<String> orders,
        List<String> steps) {
    private static final Pattern EXTERNAL_ID = Pattern.compile("(?m)^externalId=(.+)$");

    WhatIsWritten {
        reports = List.copyOf(reports);
        notes = List.copyOf(notes);
        titles = List.copyOf(titles);
        orders = List.copyOf(orders);
        steps = List.copyOf(steps);
    }

    /// No node may have H2's file meanwhile.
    static WhatIsWritten in(Storage storage) throws IOException {
        var details =
                all(
                        storage,
                        "select detail from journal_entry where kind in ('INCIDENT_OPENED',"
                                + " 'REPORT_MERGED')");
        return new WhatIsWritten(
                all(
                        storage,
                        "select r.external_id from report r join incident i"
                                + " on i.id = r.incident_id"),
                details.stream()
                        .flatMap(detail -> EXTERNAL_ID.matcher(detail).results())
                        .map(found -> found.group(1))
                        .toList(),
                all(storage, "select title from incident"),
                all(storage, "select body from dispatch_order"),
                all(
                        storage,
                        "select o.body || ' ' || r.step || ' ' || r.unit_id"
                                + " from order_report r join dispatch_order o on o.id = r.order_id"));
    }

    private static List<String> all(Storage storage, String question) throws IOException {
        var values = new ArrayList<String>();
        try (var connection = storage.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException("the record cannot be read", e);
        }
        return values;
    }

    /// Each report once in its table, and once in the journal.
    Tally reportsOf(Set<String> promised) {
        return Tally.of(promised, reports).and(Tally.of(promised, notes));
    }
}
