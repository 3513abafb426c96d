package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// A backup is made while people work.
class H2CopyTest {
    @TempDir Path here;

    @Test
    void holdsWhatWasConfirmedBeforeAndOpensWhileOthersWrite() throws Exception {
        Path folder = Files.createDirectory(here.resolve("it's a copy"));
        Path copy = folder.resolve("maplebridge.mv.db");
        var written = new AtomicInteger();
        var stop = new AtomicBoolean();
        int before;
        try (var record = JdbcRecord.open(JdbcSettings.embedded(here))) {
            var writer = Thread.ofVirtual().start(() -> write(record, written, stop));
            while (written.get() < 50) {
                Thread.sleep(5);
            }
            before = written.get();

            assertThat(record.copyTo(copy)).isTrue();

            assertThat(written.get()).isGreaterThan(before); // nobody had to wait for it
            stop.set(true);
            writer.join();
        }
        try (var again = JdbcRecord.open(JdbcSettings.embedded(folder))) {
            for (int number = 1; number <= before; number++) {
                assertThat(again.accounts().find(user(number))).isPresent();
            }
        }
        assertThat(folder.toFile().list()).containsExactly("maplebridge.mv.db");
    }

    private static void write(JdbcRecord record, AtomicInteger written, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                record.accounts().create(Account.of(user(written.get() + 1), "hash"));
                written.incrementAndGet();
            }
        } catch (RecordUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    private static UserId user(int number) {
        return new UserId("user-" + number);
    }
}
