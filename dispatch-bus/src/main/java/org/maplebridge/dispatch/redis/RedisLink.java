package org.maplebridge.dispatch.redis;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// The way to Redis. Once it is known to be away everybody is refused at once; only who shuttles
/// positions tries again, so that an absence costs nobody else a time-out.
///
/// Thread: any. As many as there are connections are let through, since a pool fails who waits for
/// one too long.
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long GATE_MILLIS = 20;

    private final RedisSettings settings;
    private final Semaphore quickGate = new Semaphore(RedisClients.QUICK_CONNECTIONS);
    private final Semaphore carrierGate = new Semaphore(1);
    private final Semaphore patientGate = new Semaphore(RedisClients.PATIENT_CONNECTIONS);
    private volatile @Nullable RedisClients clients;
    private volatile boolean reachable;
    private volatile boolean proved;
    private volatile boolean told;

    RedisLink(RedisSettings settings) {
        this.settings = settings;
    }

    /// Whether it is worth asking.
    boolean isReachable() {
        return reachable;
    }

    /// Whether it did all that it is there for since it came.
    boolean isProved() {
        return proved;
    }

    /// What is answered at once.
    <T> T ask(Function<UnifiedJedis, T> question) throws TelemetryUnavailable {
        var open = open();
        return pass(quickGate, open, open.quick(), question);
    }

    /// What keeps nodes together must not stand in the queue of those who ask.
    ///
    /// Thread: the shuttle's, for which one connection more is there.
    <T> T carry(Function<UnifiedJedis, T> load) throws TelemetryUnavailable {
        var open = open();
        return pass(carrierGate, open, open.quick(), load);
    }

    /// What waits for news, no longer than [RedisClients#MOST_WAIT].
    <T> T await(Function<UnifiedJedis, T> question) throws TelemetryUnavailable {
        var open = open();
        return pass(patientGate, open, open.patient(), question);
    }

    /// New connections throughout: of the old ones each would have to be found dead by somebody.
    ///
    /// Thread: the shuttle's.
    ///
    /// @return whether Redis answers
    boolean reconnect() {
        try {
            closeClients();
            var fresh = RedisClients.of(settings);
            clients = fresh;
            fresh.quick().ping();
            reachable = true;
            return true;
        } catch (RuntimeException e) {
            away(e);
            return false;
        }
    }

    /// It took what was written and gave what was asked for.
    ///
    /// Thread: the shuttle's.
    void prove() {
        if (!proved) {
            proved = true;
            told = false;
            LOG.info("{} is there", settings);
        }
    }

    /// It answers, but does not do what it is there for: read-only after a change of masters, out
    /// of memory, loading.
    ///
    /// Thread: the shuttle's.
    void doubt(TelemetryUnavailable cause) {
        @Nullable Throwable why = cause.getCause();
        away(why == null ? cause : why);
    }

    @Override
    public void close() {
        reachable = false;
        proved = false;
        closeClients();
    }

    private RedisClients open() throws TelemetryUnavailable {
        @Nullable RedisClients open = clients;
        if (!reachable || open == null) {
            throw new TelemetryUnavailable("Redis is away");
        }
        return open;
    }

    private <T> T pass(
            Semaphore gate,
            RedisClients open,
            UnifiedJedis client,
            Function<UnifiedJedis, T> question)
            throws TelemetryUnavailable {
        try {
            if (!gate.tryAcquire(GATE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new TelemetryUnavailable("too many ask Redis at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TelemetryUnavailable("interrupted", e);
        }
        try {
            return question.apply(client);
        } catch (JedisDataException e) {
            // it answered, so it is there; whether it is of use, who shuttles finds out
            throw new TelemetryUnavailable("Redis refuses", e);
        } catch (RuntimeException e) {
            if (open.equals(clients)) { // else it was on its way when the connections were renewed
                away(e);
            }
            throw new TelemetryUnavailable("Redis does not answer", e);
        } finally {
            gate.release();
        }
    }

    /// Told once for each absence.
    private void away(Throwable cause) {
        reachable = false;
        proved = false;
        if (!told) {
            told = true;
            LOG.warn("{} is away; telemetry goes on in memory: {}", settings, cause.toString());
        }
    }

    private void closeClients() {
        @Nullable RedisClients former = clients;
        clients = null;
        if (former != null) {
            former.close();
        }
    }
}
