package org.maplebridge.signaling.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.OrganisationStore;

class RosterTest {
    private static final Organisation BEFORE = DemoCounty.organisation();
    private static final Organisation AFTER = DemoCounty.organisation();

    @Test
    void whoReadBeforeAChangePutsNothingOlderOverIt() throws Exception {
        var store = new SlowStore();
        var roster = new Roster(store);
        store.isSlow = true;
        var slow = Thread.ofPlatform().start(() -> reload(roster));
        store.hasRead.await();
        store.holds = AFTER;
        store.isSlow = false;
        var quick = Thread.ofPlatform().start(() -> reload(roster));
        while (quick.isAlive() && quick.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        store.mayAnswer.countDown();
        slow.join();
        quick.join();
        assertThat(roster.organisation()).isSameAs(AFTER);
    }

    private static void reload(Roster roster) {
        try {
            roster.reload();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /// Reads at once, and may be long about answering.
    private static final class SlowStore implements OrganisationStore {
        private final CountDownLatch hasRead = new CountDownLatch(1);
        private final CountDownLatch mayAnswer = new CountDownLatch(1);
        private volatile Organisation holds = BEFORE;
        private volatile boolean isSlow;

        @Override
        public Optional<Organisation> load() {
            var read = holds;
            if (isSlow) {
                hasRead.countDown();
                try {
                    mayAnswer.await();
                } catch (InterruptedException ended) {
                    throw new AssertionError(ended);
                }
            }
            return Optional.of(read);
        }

        @Override
        public void replace(Organisation organisation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean add(Unit unit, Happening happening) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean add(User user, Happening happening) {
            throw new UnsupportedOperationException();
        }
    }
}
