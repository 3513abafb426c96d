package org.maplebridge.signaling.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.burst.Bursts;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.recording.RunningRecordings;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.LiveAskCluster;
import org.maplebridge.signaling.scene.LiveAsks;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.LiveCluster;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.Quality;
import org.maplebridge.signaling.scene.Speech;
import org.maplebridge.signaling.scene.ambient.AmbientBoard;
import org.maplebridge.signaling.scene.ambient.AmbientCluster;
import org.maplebridge.signaling.scene.ambient.AmbientJournal;
import org.maplebridge.signaling.scene.call.CallCluster;
import org.maplebridge.signaling.scene.call.CallJournal;
import org.maplebridge.signaling.scene.call.CallVoices;
import org.maplebridge.signaling.scene.call.Callbacks;
import org.maplebridge.signaling.scene.call.Calls;
import org.maplebridge.signaling.scene.call.Tiers;
import org.maplebridge.signaling.scene.floor.Alone;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.floor.FloorCluster;
import org.maplebridge.signaling.scene.floor.FloorEffects;
import org.maplebridge.signaling.scene.floor.Ordering;
import org.maplebridge.signaling.scene.floor.RelayInbox;
import org.maplebridge.signaling.scene.link.Crossings;
import org.maplebridge.signaling.scene.link.Links;
import org.maplebridge.signaling.scene.link.Place;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.scene.node.Succession;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Callers;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.maplebridge.signaling.trace.Joins;
import org.maplebridge.signaling.whip.Streams;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Who is known, and what goes on now.
@Configuration(proxyBeanMethods = false)
class SceneWiring {
    /// @param hint only so that an empty record has been filled before it is read
    @Bean
    Roster roster(RecordStores record, FirstStart.SignInHint hint) throws RecordUnavailable {
        return new Roster(record.organisation());
    }

    @Bean
    Audit audit(RecordStores record, InstantSource clock) {
        return new Audit(record.audit(), clock);
    }

    @Bean
    Callers callers(RecordStores record, Roster roster, InstantSource clock) {
        return new Callers(record, roster, clock);
    }

    @Bean(destroyMethod = "close")
    Chronicle chronicle(RecordStores record) {
        return new Chronicle(record.journal());
    }

    @Bean
    Peers peers(Roster roster) {
        return new Peers(roster);
    }

    @Bean
    Legs legs(MediaRelay relay, Peers peers) {
        return new Legs(relay, peers);
    }

    @Bean(destroyMethod = "close")
    Neighbours neighbours(
            DispatchBus bus,
            MediaRelay relay,
            Roster roster,
            Audit audit,
            ScheduledExecutorService timer,
            MaplebridgeProperties properties) {
        var cluster = properties.cluster();
        var network = properties.network();
        network.requireKnown(roster.organisation());
        var crossings =
                new Crossings(network.name(), network.crossing(), roster, bus.presence(), audit);
        return cluster.members().isEmpty()
                ? Neighbours.none()
                : Neighbours.by(
                        new Links(
                                bus,
                                relay,
                                new Place(network.name(), network.gateway()),
                                crossings,
                                cluster.secretBytes(),
                                timer,
                                System::nanoTime));
    }

    @Bean
    LiveSight liveSight(Roster roster) {
        return new LiveSight(roster);
    }

    @Bean
    LiveBoard liveBoard(
            Legs legs,
            Neighbours neighbours,
            Microphones microphones,
            Peers peers,
            Chronicle chronicle,
            InstantSource clock) {
        var board =
                new LiveBoard(legs, neighbours.elsewhere(), microphones, peers, chronicle, clock);
        neighbours.elsewhere().tell(board);
        return board;
    }

    @Bean(destroyMethod = "close")
    LiveAskCluster liveAskCluster(LiveAsks asks, DispatchBus bus) {
        return new LiveAskCluster(asks, bus);
    }

    @Bean(destroyMethod = "close")
    LiveCluster liveCluster(LiveBoard board, DispatchBus bus) {
        return new LiveCluster(board, bus);
    }

    @Bean
    LiveAsks liveAsks(Peers peers, ScheduledExecutorService timer) {
        return new LiveAsks(peers, timer);
    }

    @Bean(destroyMethod = "close")
    Presence presence(
            DispatchBus bus,
            Peers peers,
            Roster roster,
            Estates estates,
            Chronicle chronicle,
            InstantSource clock) {
        return new Presence(bus, peers, roster, estates, chronicle, clock);
    }

    @Bean
    Microphones microphones(
            Peers peers,
            Legs legs,
            Chronicle chronicle,
            ScheduledExecutorService timer,
            InstantSource clock) {
        Microphones.Intrusions intrusions =
                (kind, who) ->
                        chronicle.note(
                                new Happening(
                                        clock.instant(),
                                        kind,
                                        peers.find(who)
                                                .map(peer -> peer.person().user().id())
                                                .orElse(null),
                                        null,
                                        List.of(),
                                        Map.of("session", who.value())));
        return new Microphones(peers, legs, intrusions, timer, System::nanoTime);
    }

    @Bean
    FloorEffects floorEffects(
            MediaRelay relay,
            Neighbours neighbours,
            Legs legs,
            Microphones microphones,
            DispatchBus bus,
            Chronicle chronicle,
            Speech.Log log,
            ScheduledExecutorService timer,
            InstantSource clock,
            MeterRegistry meters) {
        var grants =
                Timer.builder("maplebridge.floor.grant")
                        .description("From the press of a talk key to its grant, in the server")
                        .serviceLevelObjectives(
                                Duration.ofMillis(1),
                                Duration.ofMillis(2),
                                Duration.ofMillis(5),
                                Duration.ofMillis(10),
                                Duration.ofMillis(20),
                                Duration.ofMillis(50),
                                Duration.ofMillis(100),
                                Duration.ofMillis(300),
                                Duration.ofSeconds(1))
                        .register(meters);
        return new FloorEffects(
                relay,
                neighbours.carrying(),
                legs,
                microphones,
                bus,
                chronicle,
                log,
                timer,
                clock,
                System::nanoTime,
                nanos -> grants.record(nanos, TimeUnit.NANOSECONDS));
    }

    @Bean
    Conversations conversations(
            Legs legs, FloorEffects effects, Ordering.Source orderings, InstantSource clock) {
        return new Conversations(legs, effects, orderings, clock, System::nanoTime);
    }

    @Bean
    Ordering.Source orderings(
            DispatchBus bus,
            Peers peers,
            Roster roster,
            ScheduledExecutorService timer,
            MaplebridgeProperties properties) {
        return properties.cluster().members().isEmpty()
                ? conversation -> new Alone(conversation, System::nanoTime)
                : new FloorCluster(bus, peers, roster, timer, System::nanoTime);
    }

    @Bean
    Calls calls(
            DispatchBus bus,
            Conversations conversations,
            Tiers tiers,
            Legs legs,
            Neighbours neighbours,
            Microphones microphones,
            Peers peers,
            Roster roster,
            Chronicle chronicle,
            ScheduledExecutorService timer,
            InstantSource clock,
            MaplebridgeProperties properties) {
        var calls =
                new Calls(
                        bus.self(),
                        new CallVoices(
                                conversations,
                                tiers,
                                legs,
                                neighbours.elsewhere(),
                                microphones,
                                peers,
                                roster),
                        conversations,
                        peers,
                        roster,
                        new CallJournal(chronicle, roster, clock),
                        timer,
                        System::nanoTime,
                        properties.voice().answerNanos());
        neighbours.elsewhere().tell(calls);
        return calls;
    }

    @Bean(destroyMethod = "close")
    CallCluster callCluster(
            Calls calls,
            DispatchBus bus,
            Peers peers,
            Roster roster,
            ScheduledExecutorService timer) {
        return new CallCluster(calls, bus, peers, roster, timer);
    }

    @Bean
    Tiers tiers(Conversations conversations, Chronicle chronicle, InstantSource clock) {
        return new Tiers(conversations, chronicle, clock);
    }

    @Bean(destroyMethod = "close")
    Callbacks callbacks(
            RecordStores record, DispatchBus bus, Peers peers, Roster roster, InstantSource clock) {
        return new Callbacks(record.callbacks(), bus, peers, roster, clock);
    }

    @Bean
    AmbientBoard ambientBoard(
            Legs legs,
            Neighbours neighbours,
            Microphones microphones,
            Peers peers,
            Audit audit,
            Chronicle chronicle,
            ScheduledExecutorService timer,
            InstantSource clock,
            MaplebridgeProperties properties) {
        var voice = properties.voice();
        var board =
                new AmbientBoard(
                        legs,
                        neighbours.elsewhere(),
                        microphones,
                        peers,
                        new AmbientJournal(audit, chronicle, clock),
                        timer,
                        clock,
                        System::nanoTime,
                        voice.answerNanos(),
                        voice.ambientNotice() == MaplebridgeProperties.Voice.AmbientNotice.ALWAYS);
        neighbours.elsewhere().tell(board);
        return board;
    }

    @Bean(destroyMethod = "close")
    AmbientCluster ambientCluster(
            AmbientBoard board, DispatchBus bus, Roster roster, ScheduledExecutorService timer) {
        return new AmbientCluster(board, bus, roster, timer);
    }

    @Bean
    Quality quality(MediaRelay relay, LiveBoard lives, Legs legs, Peers peers, NodeLoad load) {
        return new Quality(relay, lives, legs, peers, load);
    }

    @Bean
    Streams streams(
            MediaRelay relay,
            Legs legs,
            LiveBoard lives,
            Presence presence,
            Roster roster,
            Audit audit,
            Secrets secrets,
            InstantSource clock,
            MaplebridgeProperties properties) {
        return new Streams(
                relay,
                legs,
                lives,
                presence,
                roster,
                audit,
                secrets,
                clock,
                properties.limits().streams());
    }

    @Bean
    RelayInbox.Readers relayReaders(
            Legs legs,
            Conversations conversations,
            Neighbours neighbours,
            Tables tables,
            Streams streams,
            Succession succession,
            Bursts bursts,
            RunningRecordings recordings,
            Joins joins) {
        return new RelayInbox.Readers(
                legs,
                conversations,
                neighbours.links(),
                tables,
                succession::connected,
                streams::lost,
                bursts::recorded,
                recordings::on,
                joins);
    }
}
