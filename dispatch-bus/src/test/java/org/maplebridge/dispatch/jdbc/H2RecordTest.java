package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

class H2RecordTest extends RecordContract {
    @TempDir Path directory;
    private JdbcRecord record;

    @BeforeEach
    void open() throws RecordUnavailable {
        record = JdbcRecord.open(JdbcSettings.embedded(directory));
    }

    @AfterEach
    void close() {
        record.close();
    }

    @Override
    RecordStores store() {
        return record;
    }

    @Test
    void everythingIsFoundAgainAfterARestart() throws RecordUnavailable {
        record.accounts().create(Account.of(ROOM, "hash"));

        record.close();
        open();

        assertThat(record.accounts().find(ROOM)).contains(Account.of(ROOM, "hash"));
    }

    @Test
    void aRecordThatIsGoneSaysSoInsteadOfFailing() {
        record.close();

        assertThat(record.isAvailable()).isFalse();
        assertThatThrownBy(() -> record.accounts().find(ROOM))
                .isInstanceOf(RecordUnavailable.class);
        assertThatThrownBy(() -> record.orders().openFor(CAR1))
                .isInstanceOf(RecordUnavailable.class);
    }

    @Test
    void aServerThatDoesNotAnswerIsToldAtTheStart() {
        var nobodyThere = JdbcSettings.of("jdbc:postgresql://127.0.0.1:1/none?user=a&password=b");

        assertThatThrownBy(() -> JdbcRecord.open(nobodyThere))
                .isInstanceOf(RecordUnavailable.class);
        assertThat(nobodyThere.toString()).doesNotContain("password");
    }
}
