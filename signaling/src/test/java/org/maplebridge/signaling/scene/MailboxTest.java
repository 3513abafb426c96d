package org.maplebridge.signaling.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Mailbox first = new Mailbox("first");
    private final Mailbox second = new Mailbox("second");

    @Test
    void whatFollowsWaitsForAllThatWasGivenBeforeAndForNothingElse() throws Exception {
        var held = new CompletableFuture<Void>();
        var end = new CountDownLatch(2);
        second.post(() -> done.add("second, before"));
        first.post(held::join);
        first.post(() -> done.add("first"));
        second.follow(first);
        second.post(() -> done.add("second, behind"));
        second.post(end::countDown);
        first.post(end::countDown);

        held.complete(null);

        assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsSubsequence("first", "second, behind");
        assertThat(done).containsSubsequence("second, before", "second, behind");
    }

    @Test
    void twoThatFollowEachOtherBothGoOn() throws Exception {
        var end = new CountDownLatch(2);
        for (int i = 0; i < 1_000; i++) {
            first.follow(second);
            second.follow(first);
        }
        first.post(end::countDown);
        second.post(end::countDown);

        assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
