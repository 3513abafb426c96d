package org.maplebridge.signaling.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a console or terminal may say. One nested family for each handler class.
///
/// The envelope's `id` is not part of a message: see [ClientFrame].
public sealed interface ClientMessage
        permits ClientMessage.SessionMessage,
                ClientMessage.MediaMessage,
                ClientMessage.LiveMessage,
                ClientMessage.WatchMessage,
                ClientMessage.CallMessage,
                ClientMessage.AmbientMessage,
                ClientMessage.AlertMessage,
                ClientMessage.PositionMessage,
                ClientMessage.BurstMessage,
                ClientMessage.GroupMessage,
                ClientMessage.FloorMessage,
                ClientMessage.OrderMessage,
                ClientMessage.UnitMessage,
                MediationMessage,
                ExhibitMessage,
                ExpertMessage,
                TelephoneMessage {
    /// An id of a unit, group, call, order, seat: opaque, chosen by people or as a UUID.
    int ID_CHARS = 64;

    int REASON_CHARS = 200;
    int ORDER_CHARS = 500;
    int GROUP_NAME_CHARS = 40;

    /// An ad hoc group is for an operation, not for the county.
    int GROUP_UNITS = 200;

    int AREA_CORNERS = 64;
    int PATCHED_GROUPS = 8;
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

        /// How large the tile is on the screen, so that it gets a picture that is worth it; again
        /// after every new peer connection.
        ///
        /// @param width device pixels
        @MessageType("watch.size")
        record WatchSize(@Limit(max = TILES - 1) int tile, @Limit(min = 1, max = 16_384) int width)
                implements WatchMessage {}
    }

    sealed interface CallMessage extends ClientMessage {
        /// @param floor whether one talks at a time; absent is yes
        /// @param answer absent is `auto`
        /// @param incident which is talked about: lets rooms call each other that both have it
        @MessageType("call.open")
        record CallOpen(
                @Limit(min = 1, max = ID_CHARS) String unit,
                @Nullable Boolean floor,
                @Nullable Answering answer,
                @Limit(min = 1, max = ID_CHARS) @Nullable String incident)
                implements CallMessage {}

        @MessageType("call.answer")
        record CallAnswer(@Limit(min = 1, max = ID_CHARS) String call) implements CallMessage {}

        @MessageType("call.decline")
        record CallDecline(
                @Limit(min = 1, max = ID_CHARS) String call,
                @Limit(max = REASON_CHARS) @Nullable String reason)
                implements CallMessage {}

        @MessageType("call.close")
        record CallClose(@Limit(min = 1, max = ID_CHARS) String call) implements CallMessage {}

        /// How this device takes calls: only `auto` and `manual`.
        @MessageType("call.mode")
        record CallMode(Answering answer) implements CallMessage {}

        /// Speaks to everybody in a group at once, who cannot answer; ends with the talk.
        @MessageType("call.broadcast")
        record CallBroadcast(
                @Limit(min = 1, max = ID_CHARS) String broadcast,
                @Limit(min = 1, max = ID_CHARS) String group)
                implements CallMessage {}

        /// Raises or lowers a running call.
        @MessageType("call.tier")
        record CallTier(@Limit(min = 1, max = ID_CHARS) String call, OrderMessage.Severity tier)
                implements CallMessage {}

        /// Asks a unit to call back when it has time.
        @MessageType("callback.ask")
        record CallbackAsk(
                @Limit(min = 1, max = ID_CHARS) String callback,
                @Limit(min = 1, max = ID_CHARS) String unit,
                @Limit(max = REASON_CHARS) @Nullable String note)
                implements CallMessage {}

        @MessageType("callback.done")
        record CallbackDone(@Limit(min = 1, max = ID_CHARS) String callback)
                implements CallMessage {}

        /// `AUTO` opens at once where the device allows it, `MANUAL` rings, `FORCED` opens at once
        /// whatever the device says.
        enum Answering {
            AUTO,
            MANUAL,
            FORCED
        }
    }

    sealed interface AmbientMessage extends ClientMessage {
        /// Hears a unit's microphone, and with `picture` sees its camera, without calling it.
        @MessageType("ambient.start")
        record AmbientStart(
                @Limit(min = 1, max = ID_CHARS) String ambient,
                @Limit(min = 1, max = ID_CHARS) String unit,
                boolean picture)
                implements AmbientMessage {}

        @MessageType("ambient.stop")
        record AmbientStop(@Limit(min = 1, max = ID_CHARS) String ambient)
                implements AmbientMessage {}

        /// The terminal's word: its microphone is open, or why it cannot be.
        @MessageType("ambient.report")
        record AmbientReport(
                @Limit(min = 1, max = ID_CHARS) String ambient,
                boolean on,
                @Limit(max = REASON_CHARS) @Nullable String reason)
                implements AmbientMessage {}
    }

    sealed interface AlertMessage extends ClientMessage {
        /// Somebody needs help: pending while it can still be taken back, then active.
        ///
        /// @param group absent: the own town's
        @MessageType("alert.raise")
        record AlertRaise(
                @Limit(min = 1, max = ID_CHARS) String alert,
                OrderMessage.Severity tier,
                @Limit(min = 1, max = ID_CHARS) @Nullable String group,
                PositionMessage.@Nullable Place position)
                implements AlertMessage {}

        /// @param reason needed from anybody but who raised it
        @MessageType("alert.cancel")
        record AlertCancel(
                @Limit(min = 1, max = ID_CHARS) String alert,
                @Limit(max = REASON_CHARS) @Nullable String reason)
                implements AlertMessage {}
    }

    sealed interface PositionMessage extends ClientMessage {
        /// @param at the terminal's clock
        @MessageType("position.report")
        record PositionReport(
                Place place, @Limit(max = 100_000) @Nullable Double accuracyMetres, Instant at)
                implements PositionMessage {}

        /// WGS 84 degrees.
        record Place(
                @Limit(min = -90, max = 90) double latitude,
                @Limit(min = -180, max = 180) double longitude) {}
    }

    sealed interface BurstMessage extends ClientMessage {
        /// These were listened to, or are no longer of interest.
        @MessageType("burst.heard")
        record BurstHeard(@Limit(min = 1, max = 50) List<String> bursts) implements BurstMessage {}
    }

    sealed interface GroupMessage extends ClientMessage {
        /// @param unit whose terminal is to listen; absent: this session
        @MessageType("group.affiliate")
        record GroupAffiliate(
                @Limit(min = 1, max = ID_CHARS) String group,
                @Limit(min = 1, max = ID_CHARS) @Nullable String unit)
                implements GroupMessage {}

        @MessageType("group.leave")
        record GroupLeave(
                @Limit(min = 1, max = ID_CHARS) String group,
                @Limit(min = 1, max = ID_CHARS) @Nullable String unit)
                implements GroupMessage {}

        /// A group for as long as it is needed. Its members listen to it from now on.
        ///
        /// @param group chosen by the sender
        /// @param units by name
        /// @param area corners; units last seen inside are members too
        /// @param incident the group ends with it
        @MessageType("group.make")
        record GroupMake(
                @Limit(min = 1, max = ID_CHARS) String group,
                @Limit(min = 1, max = GROUP_NAME_CHARS) String name,
                @Limit(max = GROUP_UNITS) List<String> units,
                @Limit(max = AREA_CORNERS) @Nullable List<PositionMessage.Place> area,
                @Limit(min = 1, max = ID_CHARS) @Nullable String incident)
                implements GroupMessage {}

        @MessageType("group.close")
        record GroupClose(@Limit(min = 1, max = ID_CHARS) String group) implements GroupMessage {}

        /// Joins several groups to one until they are parted again.
        @MessageType("group.patch")
        record GroupPatch(
                @Limit(min = 1, max = ID_CHARS) String patch,
                @Limit(min = 2, max = PATCHED_GROUPS) List<String> groups)
                implements GroupMessage {}

        @MessageType("group.unpatch")
        record GroupUnpatch(@Limit(min = 1, max = ID_CHARS) String patch) implements GroupMessage {}
    }

    sealed interface FloorMessage extends ClientMessage {
        @MessageType("floor.request")
        record FloorRequest(
                @Limit(min = 1, max = ID_CHARS) String call,
                @Limit(max = 10) @Nullable Integer priority,
                @Nullable Boolean override,
                OrderMessage.@Nullable Severity tier,
                @Nullable SpokenOrder order)
                implements FloorMessage {}

        /// What is said becomes this order.
        ///
        /// @param order chosen by the sender
        record SpokenOrder(
                @Limit(min = 1, max = ID_CHARS) String order, OrderMessage.Severity severity) {}

        @MessageType("floor.release")
        record FloorRelease(@Limit(min = 1, max = ID_CHARS) String call) implements FloorMessage {}
    }

    sealed interface OrderMessage extends ClientMessage {
        /// `order` is chosen by the sender, so a repeat after a reconnect is harmless.
        ///
        /// @param incident what it is for
        @MessageType("order.place")
        record OrderPlace(
                @Limit(min = 1, max = ID_CHARS) String order,
                @Limit(max = 50) List<String> units,
                @Limit(min = 1, max = ID_CHARS) @Nullable String group,
                @Limit(min = 1, max = ORDER_CHARS) String text,
                Severity severity,
                @Limit(min = 1, max = ID_CHARS) @Nullable String incident)
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
