package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.ApiKey;
import org.maplebridge.dispatch.store.ApiKeyStore;
import org.maplebridge.dispatch.store.RecordUnavailable;

final class JdbcApiKeys implements ApiKeyStore {
    private final Database database;

    JdbcApiKeys(Database database) {
        this.database = database;
    }

    @Override
    public void save(ApiKey key) throws RecordUnavailable {
        database.run(sql ->
                sql.sql(
                                """
                                insert into api_key
                                    (id, key_hash, name, scopes, units, created_by, created_at, revoked_at)
                                values (:id, :hash, :name, :scopes, :units, :by, :at, :revoked)
                                """)
                        .param("id", key.id())
                        .param("hash", key.keyHash())
                        .param("name", key.name())
                        .param("scopes", Columns.words(key.scopes()))
                        .param("units", Columns.words(key.units()))
                        .param("by", key.createdBy().value())
                        .param("at", Columns.time(key.createdAt()))
                        .param(
                                "revoked",
                                Columns.timeOrNull(key.revokedAt()),
                                Types.TIMESTAMP_WITH_TIMEZONE)
                        .update());
    }

    @Override
    public Optional<ApiKey> findByHash(String keyHash) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from api_key where key_hash = :hash")
                        .param("hash", keyHash)
                        .query((row, _) -> key(row))
                        .optional());
    }

    @Override
    public List<ApiKey> list() throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from api_key order by created_at, id")
                        .query((row, _) -> key(row))
                        .list());
    }

    @Override
    public boolean revoke(String id, Instant at) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                        """
                                        update api_key set revoked_at = coalesce(revoked_at, :at)
                                        where id = :id
                                        """)
                                .param("at", Columns.time(at))
                                .param("id", id)
                                .update()
                        == 1);
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("key_hash"),
                row.getString("name"),
                Columns.words(row.getString("scopes")),
                Columns.words(row.getString("units")),
                new UserId(row.getString("created_by")),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "revoked_at"));
    }
}
