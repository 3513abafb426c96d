package org.maplebridge.dispatch.redis;

import java.time.Duration;
import org.maplebridge.dispatch.redis.RedisSettings.Server;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;

/// The two clients of a node: one for what is answered at once, one for reads that wait for news,
/// so that these never keep connections from the others.
///
/// Thread: any; the clients have pools of their own.
record RedisClients(UnifiedJedis quick, UnifiedJedis patient) implements AutoCloseable {
    static final int QUICK_CONNECTIONS = 8;
    static final int PATIENT_CONNECTIONS = 4;

    /// A server in the same house answers within a millisecond; one that is busy saving its data
    /// may take some hundred.
    private static final int TIMEOUT_MILLIS = 500;

    /// Beyond the longest wait for news.
    static final Duration MOST_WAIT = Duration.ofSeconds(1);

    /// Opens no connection yet, unless sentinels have to be asked.
    static RedisClients of(RedisSettings settings) {
        var server =
                settings.sentinels().isEmpty()
                        ? settings.server()
                        : Sentinels.master(
                                settings.sentinels(),
                                settings.master(),
                                // the class that asks sentinels knows the old protocol only
                                timeouts(settings).resp2().build());
        return new RedisClients(
                client(settings, server, QUICK_CONNECTIONS + 1),
                client(settings, server, PATIENT_CONNECTIONS));
    }

    @Override
    public void close() {
        quick.close();
        patient.close();
    }

    private static UnifiedJedis client(RedisSettings settings, Server server, int connections) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .clientConfig(config(settings))
                .poolConfig(pool)
                .build();
    }

    private static JedisClientConfig config(RedisSettings settings) {
        var config = timeouts(settings).database(settings.database());
        var password = settings.password();
        if (password != null && !password.isEmpty()) {
            config.password(password);
        }
        var user = settings.user();
        if (user != null) {
            config.user(user);
        }
        return config.build();
    }

    /// A certificate is worth something only if it is of the host that was asked for.
    private static DefaultJedisClientConfig.Builder timeouts(RedisSettings settings) {
        var config =
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis(TIMEOUT_MILLIS)
                        .socketTimeoutMillis(TIMEOUT_MILLIS)
                        .blockingSocketTimeoutMillis(
                                (int) MOST_WAIT.toMillis() + 2 * TIMEOUT_MILLIS);
        if (settings.encrypted()) {
            config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        return config;
    }
}
