package org.maplebridge.media.simulation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// Carries datagrams with delay, jitter, loss, doubling and reordering, all from one seed; over a
/// narrow link if a test wants one.
///
/// Thread: the test's.
public final class SimulatedNetwork {
    /// The weather on one direction of a way.
    ///
    /// @param jitterNanos added at random, which alone reorders nothing
    /// @param loss share of datagrams that never arrive, 0 to 1
    /// @param doubling share that arrives twice
    /// @param overtaking share that arrives late by up to `overtakingNanos`, behind its successors
    public record Weather(
            long delayNanos,
            long jitterNanos,
            double loss,
            double doubling,
            double overtaking,
            long overtakingNanos) {
        public static final Weather CALM = new Weather(1_000_000, 0, 0, 0, 0, 0);

        public static Weather losing(double loss) {
            return new Weather(10_000_000, 2_000_000, loss, 0, 0, 0);
        }

        /// A bad cell: everything at once.
        public static Weather storm(double loss) {
            return new Weather(20_000_000, 8_000_000, loss, 0.02, 0.03, 15_000_000);
        }
    }

    /// The narrowest link of a way: passes one datagram on after the other, and keeps those that
    /// wait in order, as long as they find room.
    ///
    /// @param bitsPerSecond datagrams with their headers
    /// @param queueNanos what waits longer would have found no room and is dropped
    /// @param burstBytes pass at once when it was idle
    /// @param headers what it counts on each datagram
    public record Bottleneck(long bitsPerSecond, long queueNanos, int burstBytes, int headers) {
        private static final int HEADERS = 28;
        private static final int ETHERNET = 14;
        public static final Bottleneck NONE = new Bottleneck(0, 0);

        /// Counts UDP and IP headers, and lets nothing pass early.
        public Bottleneck(long bitsPerSecond, long queueNanos) {
            this(bitsPerSecond, queueNanos, 0, HEADERS);
        }

        /// As Linux shapes a link (`tc-tbf`): a bucket of 10 KB, and room for that and what passes
        /// in 300 ms.
        public static Bottleneck tokens(long bitsPerSecond) {
            int burst = 10_240;
            long queue = 300_000_000L + burst * 8_000_000_000L / bitsPerSecond;
            return new Bottleneck(bitsPerSecond, queue, burst, HEADERS + ETHERNET);
        }

        private long nanosOf(byte[] datagram) {
            return nanosOf(datagram.length + headers);
        }

        private long nanosOf(int bytes) {
            return bytes * 8_000_000_000L / bitsPerSecond;
        }

        private long earliestNanos(long nowNanos) {
            return burstBytes == 0 ? nowNanos : nowNanos - nanosOf(burstBytes);
        }
    }

    /// Where a way ends.
    @FunctionalInterface
    public interface Receiver {
        void receive(byte[] datagram, long nowNanos);
    }

    private record Flight(long atNanos, long order, byte[] datagram, Receiver to) {}

    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(
                    Comparator.comparingLong(Flight::atNanos).thenComparingLong(Flight::order));
    private final SplittableRandom random;
    private long nowNanos;
    private long order;

    public SimulatedNetwork(long seed, long startNanos) {
        random = new SplittableRandom(seed);
        nowNanos = startNanos;
    }

    /// One direction of a way.
    public final class Way {
        private final Receiver to;
        private Weather weather;
        private Bottleneck bottleneck = Bottleneck.NONE;
        private long freeNanos;
        private long lastInOrderNanos;
        private long sent;
        private long lost;

        private Way(Weather weather, Receiver to) {
            this.weather = weather;
            this.to = to;
        }

        public void setWeather(Weather newWeather) {
            weather = newWeather;
        }

        public void setBottleneck(Bottleneck link) {
            bottleneck = link;
            freeNanos = link.burstBytes == 0 ? Math.max(freeNanos, nowNanos) : 0;
        }

        public void send(byte[] datagram) {
            sent++;
            boolean passes = bottleneck.bitsPerSecond == 0 || enqueue(datagram);
            if (random.nextDouble() < weather.loss || !passes) {
                lost++;
                return;
            }
            fly(datagram);
            if (random.nextDouble() < weather.doubling) {
                fly(datagram.clone());
            }
        }

        /// What a datagram sent now would wait for the narrowest link.
        public long waitNanos() {
            return Math.max(0, freeNanos - nowNanos);
        }

        private boolean enqueue(byte[] datagram) {
            freeNanos = Math.max(freeNanos, bottleneck.earliestNanos(nowNanos));
            if (freeNanos - nowNanos > bottleneck.queueNanos) {
                return false;
            }
            freeNanos += bottleneck.nanosOf(datagram);
            return true;
        }

        private void fly(byte[] datagram) {
            long jitter = weather.jitterNanos == 0 ? 0 : random.nextLong(weather.jitterNanos);
            long from = Math.max(nowNanos, bottleneck.bitsPerSecond > 0 ? freeNanos : 0);
            long at = Math.max(from + weather.delayNanos + jitter, lastInOrderNanos);
            if (random.nextDouble() < weather.overtaking) {
                at += random.nextLong(weather.overtakingNanos);
            } else {
                lastInOrderNanos = at;
            }
            flights.add(new Flight(at, order++, datagram, to));
        }

        public long sent() {
            return sent;
        }

        public long lost() {
            return lost;
        }
    }

    public Way way(Weather weather, Receiver to) {
        return new Way(weather, to);
    }

    public long nowNanos() {
        return nowNanos;
    }

    /// Delivers everything due up to then, in time order.
    public void advanceTo(long untilNanos) {
        while (!flights.isEmpty() && flights.peek().atNanos <= untilNanos) {
            Flight flight = flights.poll();
            nowNanos = Math.max(nowNanos, flight.atNanos);
            flight.to.receive(Arrays.copyOf(flight.datagram, flight.datagram.length), nowNanos);
        }
        nowNanos = untilNanos;
    }

    public int inFlight() {
        return flights.size();
    }
}
