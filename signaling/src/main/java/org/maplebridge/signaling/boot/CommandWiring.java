package org.maplebridge.signaling.boot;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.incident.Escalation;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.boot.incident.MeetingSettings;
import org.maplebridge.signaling.burst.MissedBursts;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.codec.LoopFiles;
import org.maplebridge.signaling.command.AlertHandler;
import org.maplebridge.signaling.command.AmbientHandler;
import org.maplebridge.signaling.command.BroadcastHandler;
import org.maplebridge.signaling.command.BurstHandler;
import org.maplebridge.signaling.command.CallHandler;
import org.maplebridge.signaling.command.CallbackHandler;
import org.maplebridge.signaling.command.FloorHandler;
import org.maplebridge.signaling.command.GroupHandler;
import org.maplebridge.signaling.command.LiveHandler;
import org.maplebridge.signaling.command.MediaHandler;
import org.maplebridge.signaling.command.MessageTable;
import org.maplebridge.signaling.command.OrderDesk;
import org.maplebridge.signaling.command.OrderHandler;
import org.maplebridge.signaling.command.OrderNewsDesk;
import org.maplebridge.signaling.command.PositionHandler;
import org.maplebridge.signaling.command.SessionHandler;
import org.maplebridge.signaling.command.Snapshots;
import org.maplebridge.signaling.command.SpokenOrderDesk;
import org.maplebridge.signaling.command.UnitHandler;
import org.maplebridge.signaling.command.WatchHandler;
import org.maplebridge.signaling.command.incident.Escalations;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentNewsDesk;
import org.maplebridge.signaling.command.incident.IncidentSight;
import org.maplebridge.signaling.command.incident.MeetingRooms;
import org.maplebridge.signaling.command.incident.Preparation;
import org.maplebridge.signaling.command.incident.ShowingDesk;
import org.maplebridge.signaling.command.mediation.ExpertHandler;
import org.maplebridge.signaling.command.mediation.TableHandler;
import org.maplebridge.signaling.group.GroupView;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.group.IncidentTiers;
import org.maplebridge.signaling.group.Regrouping;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.CameraLayers;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.LiveAsks;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.alert.AlertJournal;
import org.maplebridge.signaling.scene.alert.Alerts;
import org.maplebridge.signaling.scene.alert.Rescue;
import org.maplebridge.signaling.scene.ambient.AmbientBoard;
import org.maplebridge.signaling.scene.call.Callbacks;
import org.maplebridge.signaling.scene.call.Calls;
import org.maplebridge.signaling.scene.call.Tiers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.scene.node.Succession;
import org.maplebridge.signaling.scene.position.PositionBoard;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.maplebridge.signaling.session.SessionSettings;
import org.maplebridge.signaling.session.Sessions;
import org.maplebridge.signaling.trace.Joins;
import org.maplebridge.signaling.trace.Orders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What each message does, and the sessions that say them.
@Configuration(proxyBeanMethods = false)
class CommandWiring {
    @Bean(destroyMethod = "close")
    OrderNewsDesk orderNewsDesk(
            DispatchBus bus,
            RecordStores record,
            Peers peers,
            Roster roster,
            InstantSource clock,
            Orders traces) {
        return new OrderNewsDesk(bus, record.orders(), peers, roster, clock, traces);
    }

    @Bean
    LoopWorkflow loopWorkflow(MeetingSettings settings) {
        var loops = LoopFiles.read();
        return new LoopWorkflow(
                settings.recordedCallback() ? loops.withRecordedCallBacks() : loops);
    }

    @Bean
    IncidentSight incidentSight(Roster roster) {
        return new IncidentSight(roster);
    }

    @Bean(destroyMethod = "close")
    IncidentNewsDesk incidentNewsDesk(
            DispatchBus bus,
            RecordStores record,
            IncidentSight sight,
            Peers peers,
            InstantSource clock) {
        return new IncidentNewsDesk(bus, record.incidents(), sight, peers, clock);
    }

    @Bean
    IncidentDesk incidentDesk(
            RecordStores record,
            LoopWorkflow workflow,
            IncidentSight sight,
            IncidentNewsDesk news,
            Regrouping regrouping,
            IncidentTiers tiers,
            Preparation preparation,
            ShowingDesk showings,
            LiveBoard lives,
            InstantSource clock) {
        return new IncidentDesk(
                record.incidents(),
                workflow,
                sight,
                news,
                regrouping,
                tiers,
                preparation,
                showings,
                lives,
                clock);
    }

    @Bean
    Escalations escalations(
            RecordStores record,
            LoopWorkflow workflow,
            IncidentNewsDesk news,
            IncidentTiers tiers,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var escalations =
                new Escalations(record.incidents(), new Escalation(workflow), news, tiers, clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("escalations").start(escalations::round),
                        1,
                        1,
                        TimeUnit.MINUTES);
        return escalations;
    }

    @Bean
    WatchHandler watchHandler(
            LiveBoard lives,
            Legs legs,
            LiveSight sight,
            NodeLoad load,
            Audit audit,
            InstantSource clock) {
        return new WatchHandler(lives, legs, sight, load, audit, clock);
    }

    @Bean
    Snapshots snapshots(
            Roster roster,
            Presence presence,
            LiveBoard lives,
            ShowingDesk showings,
            Calls calls,
            Groups groups,
            GroupView groupView,
            Callbacks callbacks,
            Alerts alerts,
            PositionBoard positions,
            RecordStores record,
            MissedBursts missed,
            InstantSource clock) {
        return new Snapshots(
                roster,
                presence,
                lives,
                showings,
                calls,
                groups,
                groupView,
                callbacks,
                alerts,
                positions,
                record.orders(),
                missed,
                clock);
    }

    /// Here, since who calls for help is let into a group.
    @Bean(destroyMethod = "close")
    Alerts alerts(
            RecordStores record,
            Tiers tiers,
            Conversations conversations,
            GroupHandler handler,
            Groups groups,
            Legs legs,
            DispatchBus bus,
            Peers peers,
            Roster roster,
            Audit audit,
            ScheduledExecutorService timer,
            InstantSource clock,
            MaplebridgeProperties properties) {
        return new Alerts(
                record.alerts(),
                new Rescue(
                        tiers,
                        conversations,
                        handler::letHear,
                        legs,
                        peers,
                        roster,
                        System::nanoTime),
                bus,
                group -> groups.find(group).map(TalkGroup::members).orElse(Set.of()),
                peers,
                roster,
                new AlertJournal(audit, clock),
                timer,
                clock,
                properties.voice().alertCountdown());
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
            AmbientBoard ambient,
            PositionBoard positions,
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
                ambient,
                positions,
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
    CallHandler callHandler(
            Calls calls,
            Tiers tiers,
            Callbacks callbacks,
            Conversations conversations,
            Roster roster,
            BroadcastHandler broadcast,
            MeetingRooms meetings,
            Audit audit) {
        return new CallHandler(
                calls,
                tiers,
                new CallbackHandler(callbacks, roster),
                conversations,
                roster,
                broadcast,
                meetings,
                audit);
    }

    @Bean
    MessageTable messageTable(
            SessionHandler session,
            LiveHandler live,
            WatchHandler watch,
            CallHandler call,
            GroupHandler group,
            MediaRelay relay,
            Legs legs,
            Microphones microphones,
            Conversations conversations,
            Calls calls,
            Alerts alerts,
            AmbientBoard ambient,
            PositionBoard board,
            Positions positions,
            Groups groups,
            Presence presence,
            RecordStores record,
            OrderNewsDesk news,
            OrderDesk orders,
            SpokenOrderDesk spoken,
            MissedBursts missed,
            Rings rings,
            IncidentSight sight,
            Roster roster,
            Audit audit,
            Orders traces,
            Joins joins,
            InstantSource clock,
            MaplebridgeProperties properties) {
        return new MessageTable(
                new MessageTable.Handlers(
                        session,
                        new MediaHandler(
                                relay,
                                legs,
                                microphones,
                                properties.voice().red(),
                                properties.media().layers() != CameraLayers.NONE,
                                joins),
                        live,
                        watch,
                        call,
                        group,
                        new FloorHandler(conversations, group, calls, legs, spoken),
                        new OrderHandler(
                                record.orders(),
                                orders,
                                news,
                                record.incidents(),
                                sight,
                                roster,
                                clock,
                                traces),
                        new UnitHandler(presence),
                        new BurstHandler(missed),
                        new AmbientHandler(ambient, groups, roster),
                        new AlertHandler(alerts, positions, groups, roster),
                        new PositionHandler(board),
                        new ExpertHandler(rings)),
                audit);
    }

    /// Closed by [NodeLifecycle], while everything that a goodbye needs still stands.
    @Bean(destroyMethod = "")
    Sessions sessions(
            MessageTable commands,
            TableHandler table,
            NodeBoard nodes,
            Estates estates,
            Succession succession,
            MaplebridgeProperties properties,
            DispatchBus bus,
            Secrets secrets,
            InstantSource clock,
            Joins joins) {
        var limits = properties.limits();
        var settings =
                new SessionSettings(
                        bus.self().value(),
                        properties.clientsIceServers(),
                        properties.media().layers(),
                        limits.voiceSlots(),
                        limits.messagesPerSecond(),
                        limits.messageBurst(),
                        limits.outboxLines(),
                        limits.outboxChars(),
                        limits.sessions());
        return new Sessions(
                commands,
                table,
                nodes,
                estates,
                succession,
                settings,
                new Codec(),
                secrets,
                clock,
                System::nanoTime,
                joins);
    }
}
