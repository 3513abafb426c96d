package org.maplebridge.signaling.boot;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.signaling.command.BroadcastHandler;
import org.maplebridge.signaling.command.GroupHandler;
import org.maplebridge.signaling.command.group.ListeningHandler;
import org.maplebridge.signaling.command.group.MadeGroupHandler;
import org.maplebridge.signaling.command.group.PatchHandler;
import org.maplebridge.signaling.command.incident.MeetingRooms;
import org.maplebridge.signaling.group.BroadcastCluster;
import org.maplebridge.signaling.group.Broadcasts;
import org.maplebridge.signaling.group.GroupNews;
import org.maplebridge.signaling.group.GroupView;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.group.IncidentTiers;
import org.maplebridge.signaling.group.Listening;
import org.maplebridge.signaling.group.Regrouping;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.call.Tiers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Talk groups, and what people change about them.
@Configuration(proxyBeanMethods = false)
class GroupWiring {
    @Bean
    Groups groups(Roster roster) {
        return new Groups(roster);
    }

    @Bean
    Listening listening(
            Groups groups,
            Conversations conversations,
            Roster roster,
            Estates estates,
            Audit audit,
            MaplebridgeProperties properties) {
        int voiceSlots = properties.limits().voiceSlots();
        return new Listening(groups, conversations, roster, estates, audit, voiceSlots);
    }

    @Bean
    GroupView groupView(
            Groups groups, Listening listening, Conversations conversations, Roster roster) {
        return new GroupView(groups, listening, conversations, roster);
    }

    @Bean
    GroupNews groupNews(Groups groups, GroupView view, Peers peers, Roster roster) {
        return new GroupNews(groups, view, peers, roster);
    }

    @Bean
    Broadcasts broadcasts(
            Groups groups,
            Conversations conversations,
            GroupNews news,
            Chronicle chronicle,
            Roster roster,
            InstantSource clock) {
        return new Broadcasts(groups, conversations, news, chronicle, roster, clock);
    }

    @Bean(destroyMethod = "close")
    BroadcastCluster broadcastCluster(
            Broadcasts broadcasts,
            Conversations conversations,
            DispatchBus bus,
            Roster roster,
            ScheduledExecutorService timer) {
        return new BroadcastCluster(broadcasts, conversations, bus, roster, timer);
    }

    /// Before anybody can connect, the groups are there again.
    @Bean(destroyMethod = "close")
    Regrouping regrouping(
            Groups groups,
            Listening listening,
            Broadcasts broadcasts,
            Conversations conversations,
            GroupNews news,
            RecordStores record,
            Audit audit,
            DispatchBus bus,
            InstantSource clock)
            throws RecordUnavailable {
        var regrouping =
                new Regrouping(
                        groups,
                        listening,
                        broadcasts,
                        conversations,
                        news,
                        record,
                        audit,
                        bus,
                        clock);
        regrouping.restore();
        return regrouping;
    }

    @Bean
    IncidentTiers incidentTiers(
            Groups groups, Regrouping restored, Tiers tiers, RecordStores record)
            throws RecordUnavailable {
        var follower = new IncidentTiers(groups, tiers, record.incidents());
        follower.followAll();
        return follower;
    }

    @Bean
    GroupHandler groupHandler(
            Groups groups,
            Listening listening,
            Broadcasts broadcasts,
            Regrouping regrouping,
            GroupNews news,
            Positions positions,
            Peers peers,
            Roster roster,
            Audit audit,
            Chronicle chronicle,
            MeetingRooms meetings,
            IncidentTiers tiers,
            InstantSource clock) {
        return new GroupHandler(
                groups,
                listening,
                broadcasts,
                new ListeningHandler(
                        groups, listening, news, peers, roster, audit, chronicle, clock),
                new MadeGroupHandler(groups, regrouping, positions, meetings, tiers, roster, clock),
                new PatchHandler(groups, regrouping, clock));
    }

    @Bean
    BroadcastHandler broadcastHandler(Broadcasts broadcasts, Groups groups, Legs legs) {
        return new BroadcastHandler(broadcasts, groups, legs);
    }
}
