package org.maplebridge.dispatch.jdbc;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.maplebridge.dispatch.store.RecordStores;

/// The same promises on a real server.
@EnabledIfSystemProperty(named = "maplebridge.test.postgres", matches = "jdbc:postgresql:.+")
class PostgresIncidentTest extends IncidentContract {
    private static PostgresSchema schema;

    @BeforeAll
    static void open() throws Exception {
        schema = PostgresSchema.made("incidents");
    }

    @AfterAll
    static void close() throws Exception {
        schema.close();
    }

    @Override
    RecordStores store() {
        return schema.record();
    }
}
