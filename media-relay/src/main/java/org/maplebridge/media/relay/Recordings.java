package org.maplebridge.media.relay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Channel;
import org.maplebridge.media.record.TalkRecorder;

/// Which floors are to be recorded that nobody has been given yet, and the beginning and end of
/// each recording.
///
/// Thread: its media loop.
final class Recordings {
    private record Wanted(SourceId channel, long epoch, Path file) {}

    private final TalkRecorder recorder;
    private final RelayEvents events;
    private final List<Wanted> wanted = new ArrayList<>();

    Recordings(TalkRecorder recorder, RelayEvents events) {
        this.recorder = recorder;
        this.events = events;
    }

    /// A floor still to be given.
    void want(SourceId channel, long epoch, Path file) {
        wanted.add(new Wanted(channel, epoch, file));
    }

    /// There is nothing to record any more, or never was.
    void tellNothing(SourceId channel, long epoch, Path file) {
        events.on(new RelayEvent.Recorded(channel, epoch, file, 0, false));
    }

    /// The channel was given to its present epoch.
    void given(Channel channel) {
        SourceId id = channel.line().id();
        dropBefore(id, channel.epoch());
        for (Wanted one : List.copyOf(wanted)) {
            if (one.channel().equals(id) && one.epoch() == channel.epoch()) {
                wanted.remove(one);
                begin(channel, one.file());
            }
        }
    }

    /// Begins with what was let through under the channel's present epoch already. A floor is
    /// recorded once.
    void begin(Channel channel, Path file) {
        SourceId id = channel.line().id();
        if (channel.tapped()) {
            tellNothing(id, channel.epoch(), file);
        } else {
            channel.tap(recorder.begin(id, channel.epoch(), file));
        }
    }

    /// Floors before this epoch will never be given any more.
    void dropBefore(SourceId channel, long epoch) {
        for (Wanted one : List.copyOf(wanted)) {
            if (one.channel().equals(channel) && one.epoch() < epoch) {
                wanted.remove(one);
                tellNothing(channel, one.epoch(), one.file());
            }
        }
    }
}
