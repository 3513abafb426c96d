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
public sealed interface ServerMessage {
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
        @MessageType("welcome")
        record Welcome(
                String session,
                String resume,
                boolean resumed,
                int heartbeatSeconds,
                String node,
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
                List<Watching> watching,
                List<Call> calls)
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

        record Limits(int orderChars, int tiles, int voiceSlots) {}

        record Node(String id, String name, String kind, @Nullable String parent) {}

        /// @param members ids of the units in it
        /// @param affiliated whether this session listens to it
        record Group(
                String id,
                String name,
                String kind,
                String node,
                List<String> members,
                boolean affiliated,
                FloorNews.@Nullable Floor floor) {}

        record Watching(int tile, String unit, WatchNews.TileState state) {}

        record Call(
                String call,
                String unit,
                String name,
                String by,
                FloorNews.@Nullable Floor floor) {}
    }

    sealed interface MediaNews extends ServerMessage {
        @MessageType("media.answer")
        record MediaAnswer(@Nullable String re, String sdp) implements MediaNews {}

        @MessageType("media.state")
        record MediaState(State state, @Nullable String cause) implements MediaNews {}

        @MessageType("voice.slot")
        record VoiceSlot(String mid, @Nullable String call) implements MediaNews {}

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
        @MessageType("call.opened")
        record CallOpened(@Nullable String re, String call, String unit, String name, String by)
                implements CallNews {}

        @MessageType("call.closed")
        record CallClosed(String call, @Nullable String by) implements CallNews {}
    }

    sealed interface FloorNews extends ServerMessage {
        @MessageType("floor.granted")
        record FloorGranted(String call, long durationMs, int priority) implements FloorNews {}

        @MessageType("floor.denied")
        record FloorDenied(String call, int cause, @Nullable String talker) implements FloorNews {}

        @MessageType("floor.taken")
        record FloorTaken(String call, Talker talker, boolean mayRequest, Instant since)
                implements FloorNews {}

        @MessageType("floor.idle")
        record FloorIdle(String call) implements FloorNews {}

        @MessageType("floor.revoked")
        record FloorRevoked(String call, int cause) implements FloorNews {}

        @MessageType("floor.queued")
        record FloorQueued(String call, int position, int size) implements FloorNews {}

        record Talker(String user, String name, @Nullable String unit) {}

        record Floor(Talker talker, boolean mayRequest, Instant since) {}
    }

    sealed interface OrderNews extends ServerMessage {
        @MessageType("order.changed")
        record OrderChanged(Order order) implements OrderNews {}

        record Order(
                String id,
                long number,
                String text,
                Severity severity,
                Instant placedAt,
                PlacedBy placedBy,
                @Nullable String group,
                List<Assignee> assignees) {}

        record PlacedBy(String user, String name, String node) {}

        /// @param step the latest; `history` has them all, oldest first
        record Assignee(
                String unit,
                String name,
                Step step,
                Instant at,
                @Nullable String reason,
                List<StepTaken> history) {}

        record StepTaken(Step step, Instant at, @Nullable String reason) {}

        enum Step {
            PLACED,
            DELIVERED,
            READ,
            ACCEPTED,
            REFUSED,
            EN_ROUTE,
            ARRIVED,
            DONE
        }
    }
}
