package org.maplebridge.media.relay;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Channel;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.MediaPacket;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.PreRoll;
import org.maplebridge.media.sdp.MediaKind;

/// Who talks into which channel of one loop: opens the gate for one talker, hears first what it
/// said before, and shuts the gate again.
///
/// Obeys the arbiter's words and knows none of its rules; a word of an older epoch is out of date.
///
/// Thread: its media loop.
final class Floors {
    private final LineTable lines;
    private final FanOut fanOut;
    private final PacketCounters counters;

    Floors(LineTable lines, FanOut fanOut, PacketCounters counters) {
        this.lines = lines;
        this.fanOut = fanOut;
        this.counters = counters;
    }

    void open(SourceId id) {
        LineEntry entry = lines.entry(id);
        if (entry.channel() == null) {
            entry.setChannel(new Channel(entry.line()));
        }
    }

    void close(SourceId id) {
        LineEntry entry = lines.find(id);
        Channel channel = entry == null ? null : entry.channel();
        if (entry != null && channel != null) {
            release(channel);
            channel.silence();
            entry.setChannel(null);
            lines.forgetIfUnused(entry);
        }
    }

    /// Nothing may wait to be fanned out: it was said under the floor as it was.
    void give(SourceId id, SourceId talker, long epoch, long sinceNanos, long nowNanos) {
        Channel channel = find(id);
        if (channel == null || !channel.accepts(epoch) || id.equals(talker)) {
            return;
        }
        LineEntry talking = lines.entry(talker);
        if (channel.isHeldBy(talking.line(), epoch)) {
            return;
        }
        if (channel.holder() != talking.line()) {
            release(channel);
        }
        channel.give(talking.line(), talking.publisher(), epoch);
        talking.hold(channel);
        hearBefore(channel, talking.line(), sinceNanos, nowNanos);
        lines.tellListeners(talking, sinceNanos);
    }

    /// What this loop keeps of the talker. If it is another loop that has the source, that one
    /// sends what is missing here.
    private void hearBefore(Channel channel, Line talker, long sinceNanos, long nowNanos) {
        if (!channel.wanted()) {
            return;
        }
        for (MediaPacket packet : PreRoll.of(talker, sinceNanos, nowNanos)) {
            if (channel.pass(packet, MediaKind.AUDIO) == 0) {
                fanOut.add(channel.line());
            }
        }
        channel.followClock();
    }

    void clear(SourceId id, long epoch) {
        Channel channel = find(id);
        if (channel != null && channel.accepts(epoch)) {
            release(channel);
            channel.clear(epoch);
        }
    }

    private @Nullable Channel find(SourceId id) {
        LineEntry entry = lines.find(id);
        return entry == null ? null : entry.channel();
    }

    private void release(Channel channel) {
        Line holder = channel.holder();
        LineEntry entry = holder == null ? null : lines.find(holder.id());
        if (entry != null) {
            entry.held().remove(channel);
            lines.tellAudience(entry);
            lines.forgetIfUnused(entry);
        }
    }

    /// Takes the burst of a source into the channels it holds.
    void speak(LineEntry talker) {
        for (int c = 0; c < talker.held().size(); c++) {
            speak(talker.held().get(c), talker.line());
        }
    }

    private void speak(Channel channel, Line talker) {
        MediaKind kind = talker.kind();
        if (kind == null || !channel.wanted()) {
            return;
        }
        for (int p = 0; p < talker.burstCount(); p++) {
            int result = channel.pass(talker.burst(p), kind);
            if (result < 0) {
                counters.note(result);
            } else {
                fanOut.add(channel.line());
            }
        }
        channel.followClock();
    }
}
