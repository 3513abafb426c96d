package org.maplebridge.signaling.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.UnitMessage.Status;

/// Everything the server says to a console or terminal.
///
/// The envelope's `seq` is not part of a message: the session numbers what it sends.
public sealed interface ServerMessage
        permits ServerMessage.Answer,
                ServerMessage.SessionNews,
                ServerMessage.NodeNews,
                ServerMessage.MediaNews,
                ServerMessage.UnitNews,
                ServerMessage.LiveNews,
                ServerMessage.WatchNews,
                ServerMessage.CallNews,
                ServerMessage.AmbientNews,
                ServerMessage.AlertNews,
                ServerMessage.PositionNews,
                ServerMessage.BurstNews,
                ServerMessage.GroupNews,
                ServerMessage.FloorNews,
                OrderNews,
                IncidentNews,
                ShowingNews,
                MediationNews,
                ExhibitNews,
                ExpertNews,
                ConsultationNews {
    sealed interface Answer extends ServerMessage {
        @MessageType("ok")
        record Ok(String re) implements Answer {}

        @MessageType("refused")
        record Refused(
                @Nullable String re,
                String code,
                String detail,
                @Nullable Map<String, String> params)
                implements Answer {
            public static Refused of(@Nullable String re, Refusal refusal) {
                var params = refusal.params().isEmpty() ? null : refusal.params();
                return new Refused(re, refusal.code(), refusal.detail(), params);
            }
        }

        @MessageType("pong")
        record Pong() implements Answer {}
    }

    sealed interface SessionNews extends ServerMessage {
        /// @param moved a new session that goes on with what an older one listened to
        /// @param nodes all nodes of the county, this one included
        @MessageType("welcome")
        record Welcome(
                String session,
                String resume,
                boolean resumed,
                @Nullable Boolean moved,
                int heartbeatSeconds,
                String node,
                List<NodeNews.ServerNode> nodes,
                User user,
                List<IceServer> iceServers,
                Limits limits)
                implements SessionNews {}

        @MessageType("snapshot")
        record Snapshot(
                List<Node> nodes,
                List<UnitNews.Unit> units,
                List<Group> groups,
                List<OrderNews.Order> orders,
                List<LiveNews.UnitLive> lives,
                List<ShowingNews.Shown> shown,
                List<Watching> watching,
                List<Call> calls,
                List<CallNews.Callback> callbacks,
                List<AlertNews.Alert> alerts,
                List<PositionNews.UnitPosition> positions,
                List<BurstNews.Burst> missed)
                implements SessionNews {}

        @MessageType("session.ending")
        record SessionEnding(int code, String detail) implements SessionNews {}

        record User(
                String id,
                String name,
                String role,
                @Nullable String unit,
                @Nullable String seat,
                String locale,
                List<String> rights) {}

        record IceServer(
                List<String> urls, @Nullable String username, @Nullable String credential) {}

        /// @param layers how cameras are sent
        record Limits(int orderChars, int tiles, int voiceSlots, CameraLayers layers) {}

        /// In how many resolutions a camera is sent, and how. A page that cannot do it sends one
        /// stream, as with `NONE`.
        enum CameraLayers {
            /// In one.
            NONE,
            /// Up to three streams of VP8.
            SIMULCAST,
            /// One stream of this codec with up to three resolutions (SVC).
            VP9,
            AV1
        }

        record Node(String id, String name, String kind, @Nullable String parent) {}

        /// @param members ids of the units in it
        /// @param affiliated whether this session listens to it
        /// @param tier of its call
        /// @param incident what it was made for
        /// @param patch joined with these groups for now
        /// @param broadcast somebody speaks to all of it for now
        record Group(
                String id,
                String name,
                String kind,
                String node,
                List<String> members,
                boolean affiliated,
                Severity tier,
                @Nullable String incident,
                @Nullable Patch patch,
                @Nullable Broadcast broadcast,
                FloorNews.@Nullable Floor floor) {}

        record Patch(String id, List<String> groups, String by) {}

        record Broadcast(String id, String by) {}

        record Watching(int tile, String unit, WatchNews.TileState state) {}

        /// @param oneAtATime whether it has a floor
        /// @param ringing not answered yet
        /// @param incoming whether it came from the other side
        record Call(
                String call,
                String unit,
                String name,
                String by,
                boolean oneAtATime,
                boolean ringing,
                boolean incoming,
                FloorNews.@Nullable Floor floor) {}
    }

    sealed interface NodeNews extends ServerMessage {
        @MessageType("nodes.changed")
        record NodesChanged(List<ServerNode> nodes) implements NodeNews {}

        /// This node wants to be left for one of these.
        @MessageType("session.move")
        record SessionMove(List<ServerNode> nodes) implements NodeNews {}

        /// @param url scheme, host and port
        /// @param load 0 to 1, in steps
        record ServerNode(String name, String url, ServerState state, double load) {}

        enum ServerState {
            UP,
            DRAINING
        }
    }

    sealed interface MediaNews extends ServerMessage {
        @MessageType("media.answer")
        record MediaAnswer(@Nullable String re, String sdp) implements MediaNews {}

        @MessageType("media.state")
        record MediaState(State state, @Nullable String cause) implements MediaNews {}

        @MessageType("voice.slot")
        record VoiceSlot(String mid, @Nullable String call) implements MediaNews {}

        /// Which layers of the camera somebody watches: the others need not be sent.
        @MessageType("media.layers")
        record MediaLayers(List<String> rids) implements MediaNews {
            public MediaLayers {
                rids = List.copyOf(rids);
            }
        }

        /// What a tile is shown now.
        ///
        /// @param layer counted from the lowest, of `layers`
        /// @param paused for want of bandwidth
        @MessageType("media.picture")
        record MediaPicture(int tile, int layer, int layers, boolean paused) implements MediaNews {}

        enum State {
            CONNECTED,
            LOST
        }
    }

    sealed interface UnitNews extends ServerMessage {
        @MessageType("unit.changed")
        record UnitChanged(Unit unit) implements UnitNews {}

        /// @param since of the status or presence shown
        /// @param people names of who is signed in there now
        record Unit(
                String id,
                String name,
                Kind kind,
                String node,
                Status status,
                boolean online,
                Instant since,
                List<String> people) {}

        enum Kind {
            CAR,
            HANDHELD,
            ROOM,
            POLICE_ROOM,
            AGENCY,
            STATION,
            MEDIATOR,
            CENTRE,
            CAMERA
        }
    }

    sealed interface LiveNews extends ServerMessage {
        @MessageType("live.changed")
        record LiveChanged(String unit, @Nullable Live live, List<Watcher> watchers)
                implements LiveNews {}

        @MessageType("live.asked")
        record LiveAsked(String ask, String by, boolean pull) implements LiveNews {}

        @MessageType("live.answered")
        record LiveAnswered(String ask, String unit, Outcome outcome, @Nullable String reason)
                implements LiveNews {}

        record UnitLive(String unit, Live live, List<Watcher> watchers) {}

        record Live(Instant since, Camera camera, boolean muted, @Nullable String pulledBy) {}

        record Watcher(String name, Instant since) {}

        enum Outcome {
            STARTED,
            DECLINED,
            OFFLINE,
            TIMEOUT
        }
    }

    sealed interface WatchNews extends ServerMessage {
        @MessageType("watch.changed")
        record WatchChanged(int tile, String unit, TileState state, @Nullable String reason)
                implements WatchNews {}

        @MessageType("watch.quality")
        record WatchQuality(
                int tile,
                CameraHealth camera,
                Uplink uplink,
                ServerHealth server,
                Downlink downlink)
                implements WatchNews {}

        enum TileState {
            WAITING,
            LIVE,
            ENDED,
            STOPPED
        }

        enum CameraHealth {
            OK,
            SILENT,
            OFF
        }

        enum ServerHealth {
            OK,
            OVERLOADED
        }

        /// Publisher to server. Absent round trip: not known yet.
        record Uplink(
                double lossPercent, @Nullable Double rttMs, long kbps, @Nullable Long silentMs) {}

        /// Server to this viewer. Absent round trip: not known yet.
        record Downlink(double lossPercent, @Nullable Double rttMs) {}
    }

    sealed interface CallNews extends ServerMessage {
        @MessageType("call.ringing")
        record CallRinging(
                @Nullable String re,
                String call,
                String unit,
                String name,
                String by,
                boolean oneAtATime,
                boolean incoming)
                implements CallNews {}

        @MessageType("call.opened")
        record CallOpened(
                @Nullable String re,
                String call,
                String unit,
                String name,
                String by,
                boolean oneAtATime,
                boolean incoming)
                implements CallNews {}

        @MessageType("call.closed")
        record CallClosed(String call, @Nullable String by, Cause cause) implements CallNews {}

        @MessageType("callback.changed")
        record CallbackChanged(Callback callback, boolean open) implements CallNews {}

        /// @param unit who wants to be called
        record Callback(
                String id,
                String unit,
                String name,
                String by,
                @Nullable String note,
                Instant at) {}

        enum Cause {
            HUNG_UP,
            DECLINED,
            NO_ANSWER,
            ANSWERED_ELSEWHERE,
            LOST
        }
    }

    sealed interface AmbientNews extends ServerMessage {
        /// At the terminal: open the microphone, and with `picture` the camera. With `notice` the
        /// people there are shown it.
        @MessageType("ambient.asked")
        record AmbientAsked(String ambient, @Nullable String by, boolean picture, boolean notice)
                implements AmbientNews {}

        /// At the terminal.
        @MessageType("ambient.ended")
        record AmbientEnded(String ambient) implements AmbientNews {}

        /// At who listens.
        @MessageType("ambient.changed")
        record AmbientChanged(
                String ambient,
                String unit,
                AmbientState state,
                boolean notice,
                @Nullable String reason)
                implements AmbientNews {}

        enum AmbientState {
            ASKED,
            ON,
            ENDED
        }
    }

    sealed interface AlertNews extends ServerMessage {
        @MessageType("alert.changed")
        record AlertChanged(Alert alert) implements AlertNews {}

        /// @param activeAt when it becomes or became active
        /// @param by who raised it
        record Alert(
                String id,
                String unit,
                String name,
                String by,
                Severity tier,
                @Nullable String group,
                Phase phase,
                Instant raisedAt,
                Instant activeAt,
                @Nullable Point position,
                @Nullable String endedBy,
                @Nullable String reason) {}

        record Point(double latitude, double longitude) {}

        enum Phase {
            PENDING,
            ACTIVE,
            CANCELLED,
            CLOSED
        }
    }

    sealed interface PositionNews extends ServerMessage {
        /// What changed within the last two seconds.
        @MessageType("positions.changed")
        record PositionsChanged(List<UnitPosition> positions) implements PositionNews {}

        record UnitPosition(
                String unit,
                double latitude,
                double longitude,
                @Nullable Double accuracyMetres,
                Instant at) {}
    }

    sealed interface BurstNews extends ServerMessage {
        /// Somebody has spoken.
        @MessageType("burst.ended")
        record BurstEnded(Burst burst) implements BurstNews {}

        /// @param heard whether this session's unit could hear it, or listened to it since
        /// @param audio whether it was kept and can be heard again
        /// @param order what was said is this order
        record Burst(
                String id,
                String call,
                FloorNews.Talker talker,
                Instant at,
                long durationMs,
                boolean heard,
                boolean audio,
                @Nullable String order) {}
    }

    sealed interface GroupNews extends ServerMessage {
        /// A group that appears, changes, or is listened to or not from now on.
        @MessageType("group.changed")
        record GroupChanged(SessionNews.Group group) implements GroupNews {}

        @MessageType("group.closed")
        record GroupClosed(String group) implements GroupNews {}
    }

    sealed interface FloorNews extends ServerMessage {
        @MessageType("floor.granted")
        record FloorGranted(String call, long durationMs, int priority, Severity tier)
                implements FloorNews {}

        @MessageType("floor.denied")
        record FloorDenied(String call, int cause, @Nullable String talker) implements FloorNews {}

        @MessageType("floor.taken")
        record FloorTaken(
                String call, Talker talker, boolean mayRequest, Severity tier, Instant since)
                implements FloorNews {}

        @MessageType("floor.idle")
        record FloorIdle(String call) implements FloorNews {}

        @MessageType("floor.revoked")
        record FloorRevoked(String call, int cause) implements FloorNews {}

        @MessageType("floor.queued")
        record FloorQueued(String call, int position, int size) implements FloorNews {}

        /// The call as a whole was raised or lowered.
        @MessageType("floor.tier")
        record FloorTier(String call, Severity tier, @Nullable String by) implements FloorNews {}

        /// Who talks there is not heard here, since the voice does not come to this network.
        @MessageType("floor.unheard")
        record FloorUnheard(String call, String reason) implements FloorNews {}

        record Talker(String user, String name, @Nullable String unit) {}

        record Floor(Talker talker, boolean mayRequest, Severity tier, Instant since) {}
    }
}
