package org.maplebridge.media.relay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Channel;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.FloorTurn;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.MediaPacket;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.PreRoll;
import org.maplebridge.media.record.TalkRecorder;
import org.maplebridge.media.sdp.MediaKind;

/// Who talks into which channel of one loop: opens the gate for one talker, hears first what it
/// said before, and shuts the gate again.
///
/// Obeys the arbiter's words and knows none of its rules; a word of an older epoch is out of date.
///
/// Thread: its media loop.
final class Floors {
    /// The loop that tells what became of a floor, so that it is told once, and that decides what
    /// no other loop can.
    private static final int TELLING_LOOP = 0;

    private final LineTable lines;
    private final FanOut fanOut;
    private final PacketCounters counters;
    private final LoopPort port;
    private final RelayEvents events;

    private final Recordings recordings;

    /// Those being finished whose talker is published here.
    private final List<Channel> finishing = new ArrayList<>();

    Floors(
            LineTable lines,
            FanOut fanOut,
            PacketCounters counters,
            LoopPort port,
            RelayEvents events,
            TalkRecorder recorder) {
        this.recordings = new Recordings(recorder, events);
        this.lines = lines;
        this.fanOut = fanOut;
        this.counters = counters;
        this.port = port;
        this.events = events;
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
            recordings.dropBefore(id, Long.MAX_VALUE);
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
        boolean holds = channel.isHeldBy(talking.line(), epoch);
        channel.turn(epoch);
        if (holds) {
            return;
        }
        if (channel.hasEnded(channel.turn())) { // another loop was faster to hear it begin and end
            release(channel);
            channel.silence();
            lines.forgetIfUnused(talking);
            return;
        }
        if (channel.holder() != talking.line()) {
            release(channel);
        }
        channel.give(talking.line(), talking.publisher(), sinceNanos);
        talking.hold(channel);
        recordings.given(channel);
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
            recordings.dropBefore(id, epoch);
        }
    }

    /// Records what is let through under this epoch, now or when it is given.
    void record(SourceId id, long epoch, Path file, long nowNanos) {
        Channel channel = find(id);
        if (channel == null
                || !channel.accepts(epoch)
                || channel.epoch() == epoch && channel.hasEnded(channel.turn())) {
            recordings.tellNothing(id, epoch, file);
            return;
        }
        Line holder = channel.holder();
        if (holder == null || channel.epoch() != epoch) {
            recordings.want(id, epoch, file);
            return;
        }
        recordings.begin(channel, file);
        // Where nobody listens on this loop, nothing was let through here yet.
        hearBefore(channel, holder, channel.sinceNanos(), nowNanos);
        lines.tellListeners(lines.entry(holder.id()), channel.sinceNanos());
    }

    /// Shuts the gate when the talker's media show that all was said, or do not in time. The loop
    /// that has its source decides; where none has, there is nothing to wait for.
    void finish(SourceId id, long epoch, long nowNanos) {
        Channel channel = find(id);
        if (channel == null || !channel.accepts(epoch)) {
            return;
        }
        if (channel.epoch() != epoch) { // nobody was given it
            release(channel);
            channel.clear(epoch);
        }
        if (channel.hasEnded(channel.turn())) {
            return;
        }
        if (!talkerIsHere(channel)) {
            if (port.self() == TELLING_LOOP) {
                noteAbsence(channel, channel.turn(), TELLING_LOOP);
            } else {
                port.post(
                        TELLING_LOOP,
                        new LoopMessage.TalkerAbsent(id, channel.turn(), port.self()));
            }
        } else if (channel.finish(nowNanos)) {
            end(channel);
        } else if (!finishing.contains(channel)) {
            finishing.add(channel);
        }
    }

    private boolean talkerIsHere(Channel channel) {
        Line holder = channel.holder();
        LineEntry talker = holder == null ? null : lines.find(holder.id());
        return talker != null && talker.source() != null;
    }

    void absentElsewhere(LoopMessage.TalkerAbsent message) {
        Channel channel = find(message.channel());
        FloorTurn turn = message.turn();
        if (channel != null && !turn.isBefore(channel.turn()) && !channel.hasEnded(turn)) {
            noteAbsence(channel, turn, message.loop());
        }
    }

    /// Complete with this loop's own absence at the latest, so it is about the present turn then.
    private void noteAbsence(Channel channel, FloorTurn turn, int loop) {
        if (channel.absentAt(turn, loop) == port.loops()) {
            end(channel);
        }
    }

    private void end(Channel channel) {
        lines.postToOthers(new LoopMessage.TalkEnded(channel.line().id(), channel.turn()));
        shut(channel, channel.turn());
    }

    /// Another loop heard the last word, and handed it over before. If the floor was given again
    /// meanwhile, that loop hears of it too.
    void endedElsewhere(LoopMessage.TalkEnded message) {
        Channel channel = find(message.channel());
        FloorTurn turn = message.turn();
        if (channel == null || turn.isBefore(channel.turn()) || channel.hasEnded(turn)) {
            return;
        }
        Line holder = channel.holder();
        if (holder != null && channel.turn().equals(turn)) {
            speak(channel, holder);
        }
        shut(channel, turn);
    }

    private void shut(Channel channel, FloorTurn turn) {
        if (channel.turn().equals(turn)) {
            release(channel);
            channel.silence();
        }
        channel.ended(turn);
        recordings.dropBefore(channel.line().id(), turn.epoch() + 1);
        if (port.self() == TELLING_LOOP) {
            events.on(new RelayEvent.FloorFinished(channel.line().id(), turn.epoch()));
        }
    }

    /// The publisher of a source left: nothing more is to come of what is being finished.
    void gone(SourceId source) {
        LineEntry talker = lines.find(source);
        if (talker != null) {
            for (Channel channel : List.copyOf(talker.held())) {
                if (channel.finishing()) {
                    end(channel);
                }
            }
        }
    }

    /// Whether the clock may end something soon.
    boolean finishing() {
        return !finishing.isEmpty();
    }

    /// Ends what is over by the clock.
    ///
    /// @param nextLookNanos when it is called again
    void tick(long nowNanos, long nextLookNanos) {
        for (int i = finishing.size() - 1; i >= 0; i--) {
            Channel channel = finishing.get(i);
            if (channel.over(nowNanos, nextLookNanos)) {
                end(channel);
            }
            if (!channel.finishing()) {
                finishing.remove(i);
            }
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
        for (int c = talker.held().size() - 1; c >= 0; c--) { // a channel may end and go
            Channel channel = talker.held().get(c);
            if (speak(channel, talker.line())) {
                end(channel);
            }
        }
    }

    /// @return whether the talk is over
    private boolean speak(Channel channel, Line talker) {
        MediaKind kind = talker.kind();
        boolean wanted = channel.wanted();
        boolean over = false;
        for (int p = 0; kind != null && !over && p < talker.burstCount(); p++) {
            MediaPacket packet = talker.burst(p);
            if (wanted) {
                pass(channel, packet, kind);
            }
            over = channel.endsWith(packet);
        }
        if (wanted) {
            channel.followClock();
        }
        return over;
    }

    private void pass(Channel channel, MediaPacket packet, MediaKind kind) {
        int result = channel.pass(packet, kind);
        if (result < 0) {
            counters.note(result);
        } else {
            fanOut.add(channel.line());
        }
    }
}
