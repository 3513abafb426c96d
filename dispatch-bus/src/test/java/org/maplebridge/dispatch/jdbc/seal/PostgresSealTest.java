package org.maplebridge.dispatch.jdbc.seal;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.maplebridge.dispatch.jdbc.PostgresSchema;
import org.maplebridge.dispatch.store.RecordStores;

/// The same promises on a real server.
@EnabledIfSystemProperty(named = "maplebridge.test.postgres", matches = "jdbc:postgresql:.+")
class PostgresSealTest extends SealContract {
    private static PostgresSchema schema;

    @BeforeAll
    static void open() throws Exception {
        schema = PostgresSchema.made("seal");
    }

    @AfterAll
    static void close() throws Exception {
        schema.close();
    }

    @Override
    RecordStores store() {
        return schema.record();
    }

    @Override
    Connection connection() throws SQLException {
        return schema.connection();
    }
}
