package org.maplebridge.dispatch.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/// Alarms in a stream with one consumer group. What is acknowledged is deleted, so that the
/// stream's length is what is open, and nothing open is ever cut off.
///
/// Thread: any.
final class RedisAlarms implements Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(RedisAlarms.class);
    private static final String GROUP = "intake";
    private static final StreamEntryID START = new StreamEntryID(0, 0);

    private final RedisLink link;
    private final Keys keys;
    private final Duration claimAfter;
    private final LongAdder foreign;

    /// How far the search for what others left has come; Redis looks at some entries at a time.
    private volatile StreamEntryID claimFrom = START;

    RedisAlarms(RedisLink link, Keys keys, Duration claimAfter, LongAdder foreign) {
        this.link = link;
        this.keys = keys;
        this.claimAfter = claimAfter;
        this.foreign = foreign;
    }

    @Override
    public Intake append(Alarm alarm) {
        var arguments = new ArrayList<String>();
        arguments.add(Integer.toString(MOST_OPEN));
        arguments.add(Long.toString(KNOWN_FOR.toSeconds()));
        arguments.addAll(AlarmFields.of(alarm));
        try {
            Object answer =
                    link.ask(client ->
                            client.eval(
                                    Scripts.TAKE_ALARM,
                                    List.of(keys.alarms(), keys.known(alarm.id())),
                                    arguments));
            return Intake.valueOf(String.valueOf(answer));
        } catch (TelemetryUnavailable e) {
            LOG.debug("alarm {} is not taken", alarm.id(), e);
            return Intake.AWAY;
        }
    }

    @Override
    public List<Handed> read(String consumer, int limit, Duration wait)
            throws TelemetryUnavailable {
        var left = usable(link.ask(inGroup(client -> claim(client, consumer, limit))));
        if (!left.isEmpty()) {
            return left;
        }
        // shorter than what others may keep, so that what they left is looked for in time
        long millis = Math.min(wait.toMillis(), RedisClients.MOST_WAIT.toMillis());
        int blocked = Math.clamp(Math.min(millis, claimAfter.toMillis()), 1, 60_000);
        return usable(link.await(inGroup(client -> next(client, consumer, limit, blocked))));
    }

    @Override
    public void acknowledge(Handed handed) throws TelemetryUnavailable {
        finish(new StreamEntryID(handed.ticket()));
    }

    private void finish(StreamEntryID id) throws TelemetryUnavailable {
        link.ask(client -> {
            try (var pipeline = client.pipelined()) {
                pipeline.xack(keys.alarms(), GROUP, id);
                pipeline.xdel(keys.alarms(), id);
                pipeline.sync();
                return true;
            }
        });
    }

    private List<StreamEntry> claim(UnifiedJedis client, String consumer, int limit) {
        var claimed =
                client.xautoclaim(
                        keys.alarms(),
                        GROUP,
                        consumer,
                        claimAfter.toMillis(),
                        claimFrom,
                        XAutoClaimParams.xAutoClaimParams().count(limit));
        claimFrom = claimed.getKey();
        return claimed.getValue();
    }

    private List<StreamEntry> next(UnifiedJedis client, String consumer, int limit, int millis) {
        @Nullable List<Map.Entry<String, List<StreamEntry>>> streams =
                client.xreadGroup(
                        GROUP,
                        consumer,
                        XReadGroupParams.xReadGroupParams().count(limit).block(millis),
                        Map.of(keys.alarms(), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        return streams == null || streams.isEmpty() ? List.of() : streams.getFirst().getValue();
    }

    /// What cannot be an alarm of ours is put away, or it would be handed on for ever.
    private List<Handed> usable(List<StreamEntry> entries) throws TelemetryUnavailable {
        var handed = new ArrayList<Handed>();
        for (var entry : entries) {
            @Nullable Map<String, String> fields = entry.getFields();
            var alarm = AlarmFields.read(fields == null ? Map.of() : fields);
            if (alarm.isPresent()) {
                handed.add(new Handed(alarm.get(), entry.getID().toString()));
            } else {
                foreign.increment();
                finish(entry.getID());
            }
        }
        return handed;
    }

    /// The group is made when it is missed: at the first read, or when Redis lost what it had.
    private <T> Function<UnifiedJedis, T> inGroup(Function<UnifiedJedis, T> read) {
        return client -> {
            try {
                return read.apply(client);
            } catch (JedisDataException e) {
                if (!says(e, "NOGROUP")) {
                    throw e;
                }
                makeGroup(client);
                return read.apply(client);
            }
        };
    }

    private void makeGroup(UnifiedJedis client) {
        try {
            client.xgroupCreate(keys.alarms(), GROUP, START, true);
        } catch (JedisDataException e) {
            if (!says(e, "BUSYGROUP")) {
                throw e;
            }
        }
    }

    private static boolean says(JedisDataException e, String word) {
        @Nullable String message = e.getMessage();
        return message != null && message.startsWith(word);
    }
}
