package org.maplebridge.media.api;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// Whose voice and picture goes to whom on this node.
///
/// Calls may come from any thread. They take effect in call order on the leg's home loop and return
/// without waiting for the network. An id that is unknown, or gone meanwhile, is not an error:
/// peers leave at any moment.
public interface MediaRelay extends AutoCloseable {
    /// Opens a leg from a peer's offer. The peer is the offerer, ICE controlling and DTLS client or
    /// actpass; the relay is ICE-lite and DTLS server (RFC 8445 §2.5, RFC 8842).
    Negotiation open(LegId leg, String offer, LegPlan plan);

    /// Takes a further offer of an open leg: new ICE credentials restart ICE and keep DTLS, SRTP
    /// and RTP state (RFC 8839 §4.4.1.1.1); anything else about the sections must be as it was.
    Negotiation reoffer(LegId leg, String offer);

    /// Takes trickled candidates as `application/trickle-ice-sdpfrag` (RFC 8840). A lite agent only
    /// waits for checks, so they are validated and otherwise ignored.
    ///
    /// @return false when the fragment is malformed or names other ICE credentials than the leg's
    boolean trickle(LegId leg, String fragment);

    /// Restarts ICE by a fragment with new credentials instead of an offer, as WHIP and WHEP do
    /// (RFC 9725 §4.3.3). The answer is a fragment too. Keeps DTLS, SRTP and RTP state.
    Negotiation restart(LegId leg, String fragment);

    void close(LegId leg);

    /// Makes our end of a link to another node, with fresh keys of which half stays here. Good for
    /// one [#openLink]; one that is not opened is forgotten when many newer ones were made.
    LinkEnd linkEnd();

    /// Opens a link to another node: a leg of many sections that carries each source once, however
    /// many listen or look behind it, encrypted and proved like any other. The other node does the
    /// same with the two ends exchanged; either may be first by some seconds. It is enough when one
    /// of them can reach the other.
    ///
    /// [RelayEvent.LegConnected] tells that both have proved each other, [RelayEvent.LegLost] with
    /// `handshake-timeout` that this did not come about within 10 s, with `consent-expired` that
    /// nothing authentic came for 5 s. To open it again takes fresh ends of both, and what goes out
    /// must be attached again; who is attached to what comes in stays so. [#close], [#attach],
    /// [#detach] and [#legStats] are as for any leg.
    ///
    /// @param ours from [#linkEnd], not used before
    /// @param clusterSecret the same on all nodes and known to nobody else, at least 16 bytes: a
    ///   node without it never connects, whatever the bus told it
    /// @return false when `ours` is used up or unknown, or `theirs` cannot be an end of a link;
    ///   then nothing happened
    boolean openLink(LegId link, LinkEnd ours, LinkEnd theirs, byte[] clusterSecret, LinkPlan plan);

    /// Feeds a slot from a source; replaces what fed it before. Video starts with a key frame, from
    /// the cache when that is fresh. The source need not exist yet.
    void attach(LegId leg, String mid, SourceId source);

    /// As [#attach], of a source that began before. What a voice said since `sinceNanos` goes
    /// first, as far as [#giveFloor] would let it be heard: so a microphone need not be carried to
    /// another node before its key is down. Nothing that arrived before goes out, be it words or a
    /// picture that is still kept: it may have been for others. A picture so begins with a key
    /// frame that comes since; ask for one by [#requestKeyFrame].
    ///
    /// @param sinceNanos on the clock of [System#nanoTime] in this process
    void attachSince(LegId leg, String mid, SourceId source, long sinceNanos);

    /// Says how large the tile is that shows a slot: of a source in simulcast layers it gets the
    /// one that is worth it. Holds for whatever the slot shows; unsaid, the highest is.
    ///
    /// @param width device pixels
    void prefer(LegId leg, String mid, int width);

    /// Spends less on pictures, for all peers, until it is said otherwise. Each viewer is told what
    /// becomes of its pictures ([RelayEvent.PictureShown]) within some 100 ms.
    void limitPictures(PictureLimit limit);

    void detach(LegId leg, String mid);

    /// Makes a source that carries one talker at a time. Listeners attach to it once and hear a
    /// continuous stream whoever talks. Making it again changes nothing.
    void openChannel(SourceId channel);

    void closeChannel(SourceId channel);

    /// Lets `talker`'s packets into the channel, and nobody else's. An epoch below the last one
    /// seen is ignored, so a late message of an old arbiter cannot open the floor again; the same
    /// talker with the same epoch again changes nothing.
    ///
    /// Who talks from key-down on loses no word to the wait for this call: what the relay still has
    /// of the talker's voice is heard first, none of it twice, then what comes. That is the run of
    /// packets up to now without a pause of 200 ms or digital silence (RFC 6464 §3), at most 2 s of
    /// it. A picture has no such run.
    ///
    /// @param sinceNanos when the key went down, on the clock of [System#nanoTime] in this process:
    ///   nothing that arrived before is heard; [Long#MAX_VALUE] for nothing of what was said before
    void giveFloor(SourceId channel, SourceId talker, long epoch, long sinceNanos);

    /// The talker let the key go, and its last words are still on their way: lets them into the
    /// channel until its media show the end, then nobody. The end is a packet of digital silence
    /// (RFC 6464 §3), nothing for 100 ms, or 400 ms at the latest; at once when the talker is not
    /// published here. Then [RelayEvent.FloorFinished] is told, once for each end.
    ///
    /// [#giveFloor] with the same talker and epoch takes it back: the key is down again. If the end
    /// came first, that opens the gate again, and the floor is finished and told once more. A floor
    /// that is cleared, given on or whose channel is closed meanwhile is not finished, and nothing
    /// is told.
    void finishFloor(SourceId channel, long epoch);

    /// Lets nobody into the channel, at once.
    void clearFloor(SourceId channel, long epoch);

    /// Writes what the channel lets through under this epoch, from the first word on, into a file
    /// of Ogg Opus (RFC 7845). Best called before [#giveFloor]; afterwards the file still begins
    /// with what the relay keeps, some seconds. Ends when the floor is finished, cleared or given
    /// to another epoch; then [RelayEvent.Recorded] is told, once for each call.
    ///
    /// @param file made with its folders, for this process' account only; one that exists is left
    ///   as it is, and the recording fails
    void record(SourceId channel, long epoch, Path file);

    /// Writes what a camera or microphone sends, as it comes and without transcoding, from the last
    /// key frame on, or from now on where the plan says so, until [#stopRecording]. The source need
    /// not exist yet, and may go and come back meanwhile. [RelayEvent.RecordingBegan] tells that
    /// the first of it is in the file, [RelayEvent.RecordingEnded] that the file is closed. A disk
    /// that is full or stalls costs recording and is told by [RelayEvent.RecordingFailed]; it never
    /// holds up forwarding.
    ///
    /// Not for channels: see [#record]. An id that is being recorded already changes nothing.
    void startRecording(RecordingId recording, SourceId source, RecordingPlan plan);

    void stopRecording(RecordingId recording);

    /// Asks the publisher for a key frame, merged with others' requests and throttled.
    void requestKeyFrame(SourceId source);

    /// Fails with `NoSuchElementException` when there is no such leg.
    CompletableFuture<LegStats> legStats(LegId leg);

    /// Fails with `NoSuchElementException` when there is no such source.
    CompletableFuture<SourceStats> sourceStats(SourceId source);

    /// Closes all legs and sockets.
    @Override
    void close();
}
