package org.maplebridge.signaling.boot;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.SpokenOrder;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews.Burst;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews.BurstEnded;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;

/// Talking, as tests do it.
final class Talk {
    static final String GROUP = "group-xinhe";

    private Talk() {}

    static FloorRequest press(String call) {
        return new FloorRequest(call, 0, null, null, null);
    }

    static FloorRequest order(String call, String order) {
        return new FloorRequest(call, 0, null, null, new SpokenOrder(order, Severity.ORANGE));
    }

    /// One burst from press to release, as a listener is told of it.
    static Burst in(String call, TestSocket talker, TestSocket listener) {
        return said(press(call), talker, listener);
    }

    static Burst said(FloorRequest request, TestSocket talker, TestSocket listener) {
        knowsFloor(talker, request.call());
        knowsFloor(listener, request.call());
        talker.forget();
        listener.forget();
        var pressedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var verdict = talker.verdict(request);
        if (!verdict.equals("ok")) {
            throw new AssertionError(verdict);
        }
        talker.await(FloorGranted.class, granted -> granted.call().equals(request.call()));
        talker.verdict(new FloorRelease(request.call()));
        // What was said before may be told late.
        return listener.await(BurstEnded.class, told -> !told.burst().at().isBefore(pressedAt))
                .burst();
    }

    /// Takes part from then on, and is heard and hears.
    private static void knowsFloor(TestSocket one, String call) {
        Eventually.holds(() ->
                one.frames().stream()
                        .map(frame -> frame.message())
                        .anyMatch(said ->
                                said instanceof FloorNews && said.toString().contains(call)));
    }

    static Burst firstEnded(TestSocket listener) {
        return listener.await(BurstEnded.class).burst();
    }

    static Burst nextEnded(TestSocket listener, String before) {
        return listener.await(BurstEnded.class, told -> !told.burst().id().equals(before)).burst();
    }

    static Burst ended(TestSocket listener, String burst) {
        return listener.await(BurstEnded.class, told -> told.burst().id().equals(burst)).burst();
    }

    static List<Burst> ofMillis(TestSocket listener, long millis) {
        return listener.frames().stream()
                .map(frame -> frame.message())
                .filter(BurstEnded.class::isInstance)
                .map(message -> ((BurstEnded) message).burst())
                .filter(burst -> burst.durationMs() == millis)
                .toList();
    }

    /// Without a file it is the clock that says how long somebody spoke.
    static void lastAtLeast(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
