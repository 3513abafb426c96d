package org.maplebridge.signaling.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a console or terminal may say. One nested family for each handler class.
///
/// The envelope's `id` is not part of a message: see [ClientFrame].
public sealed interface ClientMessage {
    /// An id of a unit, group, call, order, seat: opaque, chosen by people or as a UUID.
    int ID_CHARS = 64;

    int REASON_CHARS = 200;
    int ORDER_CHARS = 500;
    int TILES = 25;

    sealed interface SessionMessage extends ClientMessage {
        @MessageType("hello")
        record Hello(
                Device device,
                @Limit(max = 35) @Nullable String locale,
                @Limit(max = 64) @Nullable String resume,
                @Limit(max = Long.MAX_VALUE) @Nullable Long lastSeq)
                implements SessionMessage {}

        @MessageType("ping")
        record Ping(@Limit(max = Long.MAX_VALUE) long seq) implements SessionMessage {}

        /// What the browser measured, for replay and support; trusted for nothing.
        @MessageType("stats.report")
        record StatsReport(MediaReport legs) implements SessionMessage {}

        enum Device {
            CONSOLE,
            TERMINAL
        }

        record MediaReport(
                @Limit(max = 600_000) @Nullable Double rttMs,
                @Limit(max = 100) @Nullable Double lossPercent,
                @Limit(max = 10_000_000) @Nullable Double kbpsUp,
                @Limit(max = 10_000_000) @Nullable Double kbpsDown,
                @Limit(max = 1_000_000_000) @Nullable Integer freezes) {}
    }

    sealed interface MediaMessage extends ClientMessage {
        @MessageType("media.offer")
        record MediaOffer(
                @Limit(min = 1, max = 65_536) String sdp,
                @Limit(min = 1, max = 100) List<Section> sections)
                implements MediaMessage {}

        @MessageType("media.trickle")
        record MediaTrickle(@Limit(min = 1, max = 8_192) String fragment) implements MediaMessage {}

        @MessageType("media.close")
        record MediaClose() implements MediaMessage {}

        /// @param tile for `picture` and `sound`
        record Section(
                @Limit(min = 1, max = 32) String mid,
                Use use,
                @Limit(max = TILES - 1) @Nullable Integer tile) {}

        enum Use {
            MIC,
            CAMERA,
            VOICE,
            PICTURE,
            SOUND
        }
    }

    sealed interface LiveMessage extends ClientMessage {
        @MessageType("live.start")
        record LiveStart(
                Camera camera, boolean muted, @Limit(min = 1, max = ID_CHARS) @Nullable String ask)
                implements LiveMessage {}

        @MessageType("live.update")
        record LiveUpdate(Camera camera, boolean muted) implements LiveMessage {}

        @MessageType("live.stop")
        record LiveStop() implements LiveMessage {}

        @MessageType("live.ask")
        record LiveAsk(
                @Limit(min = 1, max = ID_CHARS) String ask,
                @Limit(min = 1, max = ID_CHARS) String unit,
                boolean pull)
                implements LiveMessage {}

        @MessageType("live.decline")
        record LiveDecline(
                @Limit(min = 1, max = ID_CHARS) String ask,
                @Limit(max = REASON_CHARS) @Nullable String reason)
                implements LiveMessage {}

        /// `EXTERNAL` is an encoder or camera that is not a terminal's own.
        enum Camera {
            FRONT,
            BACK,
            SCREEN,
            EXTERNAL
        }
    }

    sealed interface WatchMessage extends ClientMessage {
        @MessageType("watch.start")
        record WatchStart(
                @Limit(max = TILES - 1) int tile, @Limit(min = 1, max = ID_CHARS) String unit)
                implements WatchMessage {}

        @MessageType("watch.stop")
        record WatchStop(@Limit(max = TILES - 1) int tile) implements WatchMessage {}
    }

    sealed interface CallMessage extends ClientMessage {
        @MessageType("call.open")
        record CallOpen(@Limit(min = 1, max = ID_CHARS) String unit) implements CallMessage {}

        @MessageType("call.close")
        record CallClose(@Limit(min = 1, max = ID_CHARS) String call) implements CallMessage {}
    }

    sealed interface GroupMessage extends ClientMessage {
        @MessageType("group.affiliate")
        record GroupAffiliate(@Limit(min = 1, max = ID_CHARS) String group)
                implements GroupMessage {}

        @MessageType("group.leave")
        record GroupLeave(@Limit(min = 1, max = ID_CHARS) String group) implements GroupMessage {}
    }

    sealed interface FloorMessage extends ClientMessage {
        @MessageType("floor.request")
        record FloorRequest(
                @Limit(min = 1, max = ID_CHARS) String call,
                @Limit(max = 10) @Nullable Integer priority,
                @Nullable Boolean override)
                implements FloorMessage {}

        @MessageType("floor.release")
        record FloorRelease(@Limit(min = 1, max = ID_CHARS) String call) implements FloorMessage {}
    }

    sealed interface OrderMessage extends ClientMessage {
        /// `order` is chosen by the sender, so a repeat after a reconnect is harmless.
        @MessageType("order.place")
        record OrderPlace(
                @Limit(min = 1, max = ID_CHARS) String order,
                @Limit(max = 50) List<String> units,
                @Limit(min = 1, max = ID_CHARS) @Nullable String group,
                @Limit(min = 1, max = ORDER_CHARS) String text,
                Severity severity)
                implements OrderMessage {}

        /// @param at the terminal's clock; may lie before a reconnection
        @MessageType("order.report")
        record OrderReport(
                @Limit(min = 1, max = ID_CHARS) String order,
                ReportedStep step,
                @Limit(max = REASON_CHARS) @Nullable String reason,
                Instant at)
                implements OrderMessage {}

        enum Severity {
            RED,
            ORANGE,
            YELLOW
        }

        enum ReportedStep {
            DELIVERED,
            READ,
            ACCEPTED,
            REFUSED,
            EN_ROUTE,
            ARRIVED,
            DONE
        }
    }

    sealed interface UnitMessage extends ClientMessage {
        @MessageType("unit.status")
        record SetUnitStatus(Status status) implements UnitMessage {}

        enum Status {
            AVAILABLE,
            BUSY,
            BREAK
        }
    }
}
