package org.maplebridge.media.api;

import java.nio.file.Path;
import java.util.List;

/// What the relay tells of its own accord. Delivered in order per leg, per channel and per
/// recording, on threads of the relay that must not be blocked.
public sealed interface RelayEvent {
    /// A first authentic check of the peer came, where none had before or all ways were forgotten:
    /// there is a way for its handshake, and nothing more yet.
    record LegReached(LegId leg) implements RelayEvent {}

    /// ICE and DTLS are through, or both ends of a link have proved each other; media flows from
    /// now on.
    record LegConnected(LegId leg, String remoteAddress) implements RelayEvent {}

    /// The peer answers from a new address; nothing else changed (RFC 8445 §7.3.1.3).
    record LegMoved(LegId leg, String remoteAddress) implements RelayEvent {}

    /// The leg is gone and closed. Causes: `consent-expired` (RFC 7675), `handshake-timeout`,
    /// `handshake-failed`, `fingerprint-mismatch`, `peer-closed`; of a link the first two only.
    record LegLost(LegId leg, String cause) implements RelayEvent {}

    /// First packet of a source, or first after [SourceStalled]. Packets of digital silence (audio
    /// level 127, RFC 6464 §3) are none: a muted microphone has not started.
    ///
    /// @param leg over which it comes
    record SourceStarted(LegId leg, SourceId source) implements RelayEvent {}

    /// While packets come that can be heard or seen: again at most every 500 ms, so that a floor
    /// can restart its T1.
    record SourceActive(SourceId source) implements RelayEvent {}

    /// Nothing to see for 1 s or to hear for 500 ms, whether no packet came or only silence.
    record SourceStalled(SourceId source) implements RelayEvent {}

    /// Nobody is let into the channel any more: what the talker of this epoch said was let through
    /// to the end ([MediaRelay#finishFloor]).
    record FloorFinished(SourceId channel, long epoch) implements RelayEvent {}

    /// A recording is written and closed ([MediaRelay#record]).
    ///
    /// @param durationMillis how long it plays; 0 when nothing was said, and without a file when
    ///   there was nothing to record any more
    /// @param complete whether all that the channel let through is in it. What never reached the
    ///   relay is not missed: the file keeps its time
    record Recorded(SourceId channel, long epoch, Path file, long durationMillis, boolean complete)
            implements RelayEvent {}

    /// What becomes of the recording of a source.
    sealed interface OfRecording extends RelayEvent {
        RecordingId recording();

        SourceId source();
    }

    /// The first packets of a recording are in its file ([MediaRelay#startRecording]).
    record RecordingBegan(RecordingId recording, SourceId source) implements OfRecording {}

    /// Something of the source is missing from its recording, or will be. Forwarding is untouched.
    ///
    /// @param cause `disk-slow`: packets found no room on their way to the disk; it goes on, and
    ///   this is told again when it happens again. After any other nothing more is written and
    ///   [RecordingEnded] follows: `disk-full`, `cannot-write`, `file-exists`, `bad-key`,
    ///   `too-many`
    record RecordingFailed(RecordingId recording, SourceId source, String cause)
            implements OfRecording {}

    /// A recording is closed, once for each that was started.
    ///
    /// @param beganMillis when its first packet came, since 1970; 0 when none did
    /// @param endedMillis when its last one came
    /// @param bytes the file's length; 0 when there is no file of this recording
    /// @param chain the file's last hash in hexadecimal: it vouches for every byte before; empty
    ///   without a file
    /// @param missed packets that came and are not in it
    /// @param complete whether all that came is in it and the file was closed as it should be
    record RecordingEnded(
            RecordingId recording,
            SourceId source,
            Path file,
            long beganMillis,
            long endedMillis,
            long bytes,
            String chain,
            long missed,
            boolean complete)
            implements OfRecording {}

    /// The first whole key frame went to the slot after an [MediaRelay#attach] (video), or the
    /// first packet (audio).
    record SlotStarted(LegId leg, String mid, SourceId source) implements RelayEvent {}

    /// Which simulcast layers of a source somebody watches now: its publisher need not send the
    /// others. All are wanted at first.
    ///
    /// @param rids the lowest first; never none
    record LayersWanted(LegId leg, SourceId source, List<String> rids) implements RelayEvent {
        public LayersWanted {
            rids = List.copyOf(rids);
        }
    }

    /// What the peer sees in a slot changed.
    ///
    /// @param layer counted from the lowest, of `layers`
    /// @param paused whether it is left out because the downlink does not bear it
    record PictureShown(LegId leg, String mid, int layer, int layers, boolean paused)
            implements RelayEvent {}
}
