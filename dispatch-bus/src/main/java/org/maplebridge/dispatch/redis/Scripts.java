package org.maplebridge.dispatch.redis;

/// What has to happen in Redis in one piece. Each script touches keys of one county only, and
/// throws away what stands under such a key and is of another kind than ours: otherwise one foreign
/// write would stop all of ours.
///
/// Pure.
final class Scripts {
    /// Keeps the newer position of each unit, and its place in the GEO set.
    ///
    /// KEYS positions, places. ARGV latest credible time, most units, seconds to live; then for
    /// each unit: unit, time, longitude, latitude, line. Answers how many found no room.
    static final String PUT_POSITIONS =
            """
            local function own(key, kind)
              local found = redis.call('TYPE', key).ok
              if found ~= 'none' and found ~= kind then redis.call('DEL', key) end
            end
            own(KEYS[1], 'hash')
            own(KEYS[2], 'zset')
            local latest = tonumber(ARGV[1])
            local room = tonumber(ARGV[2]) - redis.call('HLEN', KEYS[1])
            local left_out = 0
            for i = 4, #ARGV, 5 do
              local known = redis.call('HGET', KEYS[1], ARGV[i])
              local at = known and tonumber(string.match(known, '^1,(%d+),'))
              local newer = not at or at > latest or at <= tonumber(ARGV[i + 1])
              if not known then
                room = room - 1
                newer = room >= 0
                if not newer then left_out = left_out + 1 end
              end
              if newer then
                redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 4])
                local there = redis.pcall('GEOADD', KEYS[2], ARGV[i + 2], ARGV[i + 3], ARGV[i])
                if type(there) == 'table' then redis.call('ZREM', KEYS[2], ARGV[i]) end
              end
            end
            redis.call('EXPIRE', KEYS[1], ARGV[3])
            redis.call('EXPIRE', KEYS[2], ARGV[3])
            return left_out
            """;

    /// KEYS positions, places. ARGV longitude, latitude, metres, earliest and latest credible time,
    /// most units. Answers unit, line, unit, line, nearest first. A place without a position is
    /// nobody's, and would hide somebody.
    static final String NEAREST =
            """
            local near = redis.call('GEOSEARCH', KEYS[2], 'FROMLONLAT', ARGV[1], ARGV[2],
              'BYRADIUS', ARGV[3], 'm', 'ASC', 'COUNT', 2000)
            local most = 2 * tonumber(ARGV[6])
            local answer = {}
            for _, unit in ipairs(near) do
              local line = redis.call('HGET', KEYS[1], unit)
              local at = line and tonumber(string.match(line, '^1,(%d+),'))
              if not line then redis.call('ZREM', KEYS[2], unit) end
              if at and at >= tonumber(ARGV[4]) and at <= tonumber(ARGV[5]) then
                answer[#answer + 1] = unit
                answer[#answer + 1] = line
                if #answer >= most then break end
              end
            end
            return answer
            """;

    /// Removes positions that are still those that were seen.
    ///
    /// KEYS positions, places. ARGV unit, line, unit, line…
    static final String FORGET_POSITIONS =
            """
            for i = 1, #ARGV, 2 do
              if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
                redis.call('HDEL', KEYS[1], ARGV[i])
                redis.call('ZREM', KEYS[2], ARGV[i])
              end
            end
            """;

    /// Appends points to tracks. A point's time is its entry's id, so that one that is said again,
    /// or too late, is refused by the stream itself. A stream that was led into the future by
    /// somebody else would refuse everything: it is begun anew.
    ///
    /// KEYS tracks. ARGV latest credible time, most points, earliest time, seconds to live; then
    /// for each point: number of its key, time, line.
    static final String APPEND_POINTS =
            """
            local function add(key, at, line)
              return redis.pcall('XADD', key, 'MAXLEN', '~', ARGV[2], at .. '-0', 'p', line)
            end
            local function is_foreign(key)
              if redis.call('TYPE', key).ok ~= 'stream' then return true end
              local facts = redis.call('XINFO', 'STREAM', key)
              for i = 1, #facts, 2 do
                if facts[i] == 'last-generated-id' then
                  return tonumber(string.match(facts[i + 1], '^(%d+)-')) > tonumber(ARGV[1])
                end
              end
              return false
            end
            local foreign = 0
            for i = 5, #ARGV, 3 do
              local key = KEYS[tonumber(ARGV[i])]
              local done = add(key, ARGV[i + 1], ARGV[i + 2])
              if type(done) == 'table' and done.err and is_foreign(key) then
                foreign = foreign + 1
                redis.call('DEL', key)
                add(key, ARGV[i + 1], ARGV[i + 2])
              end
            end
            for _, key in ipairs(KEYS) do
              redis.call('XTRIM', key, 'MINID', '~', ARGV[3])
              redis.call('EXPIRE', key, ARGV[4])
            end
            return foreign
            """;

    /// Takes an alarm whose id is not known.
    ///
    /// KEYS alarms, known. ARGV most alarms, seconds that the id is known; then the entry's fields.
    static final String TAKE_ALARM =
            """
            if redis.call('EXISTS', KEYS[2]) == 1 then return 'REPEATED' end
            local found = redis.call('TYPE', KEYS[1]).ok
            if found ~= 'none' and found ~= 'stream' then redis.call('DEL', KEYS[1]) end
            if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 'FULL' end
            redis.call('XADD', KEYS[1], '*', unpack(ARGV, 3))
            redis.call('SET', KEYS[2], '1', 'EX', ARGV[2])
            return 'TAKEN'
            """;

    private Scripts() {}
}
