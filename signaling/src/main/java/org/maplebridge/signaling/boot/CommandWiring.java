package org.maplebridge.signaling.boot;

import java.time.InstantSource;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.burst.MissedBursts;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.command.BroadcastHandler;
import org.maplebridge.signaling.command.BurstHandler;
import org.maplebridge.signaling.command.CallHandler;
import org.maplebridge.signaling.command.FloorHandler;
import org.maplebridge.signaling.command.GroupHandler;
import org.maplebridge.signaling.command.LiveHandler;
import org.maplebridge.signaling.command.MediaHandler;
import org.maplebridge.signaling.command.MessageTable;
import org.maplebridge.signaling.command.OrderDesk;
import org.maplebridge.signaling.command.OrderHandler;
import org.maplebridge.signaling.command.OrderNewsDesk;
import org.maplebridge.signaling.command.SessionHandler;
import org.maplebridge.signaling.command.Snapshots;
import org.maplebridge.signaling.command.SpokenOrderDesk;
import org.maplebridge.signaling.command.UnitHandler;
import org.maplebridge.signaling.command.WatchHandler;
import org.maplebridge.signaling.group.GroupView;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.scene.Calls;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Conversations;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.LiveAsks;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.maplebridge.signaling.session.SessionSettings;
import org.maplebridge.signaling.session.Sessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What each message does, and the sessions that say them.
@Configuration(proxyBeanMethods = false)
class CommandWiring {
    @Bean(destroyMethod = "close")
    OrderNewsDesk orderNewsDesk(DispatchBus bus, RecordStores record, Peers peers, Roster roster) {
        return new OrderNewsDesk(bus, record.orders(), peers, roster);
    }

    @Bean
    WatchHandler watchHandler(
            LiveBoard lives, Legs legs, Roster roster, Audit audit, InstantSource clock) {
        return new WatchHandler(lives, legs, roster, audit, clock);
    }

    @Bean
    Snapshots snapshots(
            Roster roster,
            Presence presence,
            LiveBoard lives,
            Calls calls,
            Groups groups,
            GroupView groupView,
            RecordStores record,
            MissedBursts missed,
            InstantSource clock) {
        return new Snapshots(
                roster, presence, lives, calls, groups, groupView, record.orders(), missed, clock);
    }

    @Bean
    SessionHandler sessionHandler(
            Peers peers,
            Presence presence,
            Legs legs,
            Microphones microphones,
            LiveBoard lives,
            LiveAsks asks,
            Calls calls,
            GroupHandler groups,
            WatchHandler watches,
            Snapshots snapshots,
            Chronicle chronicle,
            InstantSource clock) {
        return new SessionHandler(
                peers,
                presence,
                legs,
                microphones,
                lives,
                asks,
                calls,
                groups,
                watches,
                snapshots,
                chronicle,
                clock);
    }

    @Bean
    LiveHandler liveHandler(
            LiveBoard lives,
            LiveAsks asks,
            Legs legs,
            Roster roster,
            Audit audit,
            Chronicle chronicle,
            InstantSource clock) {
        return new LiveHandler(lives, asks, legs, roster, audit, chronicle, clock);
    }

    @Bean
    MessageTable messageTable(
            SessionHandler session,
            LiveHandler live,
            WatchHandler watch,
            GroupHandler group,
            BroadcastHandler broadcast,
            MediaRelay relay,
            Legs legs,
            Microphones microphones,
            Conversations conversations,
            Calls calls,
            Presence presence,
            RecordStores record,
            OrderNewsDesk news,
            OrderDesk orders,
            SpokenOrderDesk spoken,
            MissedBursts missed,
            Roster roster,
            Audit audit,
            InstantSource clock) {
        return new MessageTable(
                new MessageTable.Handlers(
                        session,
                        new MediaHandler(relay, legs, microphones),
                        live,
                        watch,
                        new CallHandler(calls, roster, broadcast),
                        group,
                        new FloorHandler(conversations, group, calls, legs, spoken),
                        new OrderHandler(record.orders(), orders, news, roster, clock),
                        new UnitHandler(presence),
                        new BurstHandler(missed)),
                audit);
    }

    /// Closed by [NodeLifecycle], while everything that a goodbye needs still stands.
    @Bean(destroyMethod = "")
    Sessions sessions(
            MessageTable commands,
            MaplebridgeProperties properties,
            DispatchBus bus,
            Secrets secrets,
            InstantSource clock) {
        var limits = properties.limits();
        var settings =
                new SessionSettings(
                        bus.self().value(),
                        properties.iceServers(),
                        limits.voiceSlots(),
                        limits.messagesPerSecond(),
                        limits.messageBurst(),
                        limits.outboxLines(),
                        limits.outboxChars(),
                        limits.sessions());
        return new Sessions(commands, settings, new Codec(), secrets, clock, System::nanoTime);
    }
}
