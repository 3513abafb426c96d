package org.maplebridge.dispatch.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.redis.RedisSettings.Server;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/// Asks sentinels which server is the master now. Asked at each new connection rather than listened
/// to: a master that died or was put down is found out by who writes to it.
///
/// Thread: the shuttle's.
final class Sentinels {
    private Sentinels() {}

    /// One after the other, until one of them knows.
    static Server master(List<Server> sentinels, String name, JedisClientConfig config) {
        JedisException last = new JedisException("no sentinel knows a master " + name);
        for (var sentinel : sentinels) {
            try (var jedis = new Jedis(new HostAndPort(sentinel.host(), sentinel.port()), config)) {
                @Nullable List<String> master = jedis.sentinelGetMasterAddrByName(name);
                if (master != null && master.size() == 2) {
                    return new Server(master.getFirst(), Integer.parseInt(master.getLast()));
                }
            } catch (JedisException e) {
                last = e;
            }
        }
        throw last;
    }
}
