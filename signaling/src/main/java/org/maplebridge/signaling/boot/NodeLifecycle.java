package org.maplebridge.signaling.boot;

import static org.maplebridge.signaling.session.Drain.Outcome.NOWHERE_TO_GO;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.intake.IntakeDesk;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.Quality;
import org.maplebridge.signaling.scene.alert.Alerts;
import org.maplebridge.signaling.scene.floor.RelayInbox;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.scene.position.PositionBoard;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.session.Drain;
import org.maplebridge.signaling.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What happens when everything stands, what is done again and again, and the goodbye.
///
/// Thread: Spring's; the repeated work on threads of its own.
@Configuration(proxyBeanMethods = false)
class NodeLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLifecycle.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final Presence presence;
    private final Peers peers;
    private final Quality quality;
    private final NodeLoad load;
    private final PositionBoard positions;
    private final Alerts alerts;
    private final RelayInbox inbox;
    private final Roster roster;
    private final BackupDoor backupDoor;
    private final DispatchBus bus;
    private final NodeBoard nodes;
    private final Estates estates;
    private final Drain drain;
    private final IntakeDesk intake;
    private final ScheduledExecutorService timer;
    private final MaplebridgeProperties properties;
    private final FirstStart.SignInHint hint;
    private final WebServerApplicationContext context;
    private final Environment environment;
    private volatile Subscription organisation = () -> {};
    private volatile boolean running;

    NodeLifecycle(
            Sessions sessions,
            Presence presence,
            Peers peers,
            Quality quality,
            NodeLoad load,
            PositionBoard positions,
            Alerts alerts,
            RelayInbox inbox,
            Roster roster,
            BackupDoor backupDoor,
            DispatchBus bus,
            NodeBoard nodes,
            Estates estates,
            Drain drain,
            IntakeDesk intake,
            ScheduledExecutorService timer,
            MaplebridgeProperties properties,
            FirstStart.SignInHint hint,
            WebServerApplicationContext context,
            Environment environment) {
        this.sessions = sessions;
        this.presence = presence;
        this.peers = peers;
        this.quality = quality;
        this.load = load;
        this.positions = positions;
        this.alerts = alerts;
        this.inbox = inbox;
        this.roster = roster;
        this.backupDoor = backupDoor;
        this.bus = bus;
        this.nodes = nodes;
        this.estates = estates;
        this.drain = drain;
        this.intake = intake;
        this.timer = timer;
        this.properties = properties;
        this.hint = hint;
        this.context = context;
        this.environment = environment;
    }

    @Override
    public void start() {
        LOG.info("{}", properties);
        inbox.start();
        organisation =
                bus.subscribe(
                        Topic.ORGANISATION,
                        _ -> Thread.ofVirtual().start(this::reloadOrganisation));
        every(1_000, "sessions", sessions::tick);
        every(5_000, "presence", presence::renew);
        every(1_000, "load", load::round);
        every(2_000, "quality", quality::round);
        every(2_000, "positions", positions::round);
        every(1_000, "backup", backupDoor::round);
        every(5_000, "nodes", nodes::round);
        every(20_000, "estates", estates::renew);
        every(200, "drain", drain::round);
        every(60_000, "intake", intake::round);
        goOnWithAlerts();
        running = true;
        @Nullable WebServer server = context.getWebServer();
        int port = server == null ? 0 : server.getPort();
        nodes.open(publicUrl(port));
        System.out.println(Greeting.text(url(port, "localhost") + "/", hint));
    }

    /// Whoever has another node to go to is asked to first; then everybody is told goodbye, so that
    /// clients look for one at once. Nobody waits for those who have lost their line: they cannot
    /// be asked, and look for a node by themselves.
    @Override
    public void stop() {
        running = false;
        organisation.close();
        int seconds = properties.people().drainSeconds();
        if (seconds > 0 && sessions.connected() > 0 && drain.begin(seconds) != NOWHERE_TO_GO) {
            await(() -> sessions.connected() == 0, Duration.ofSeconds(seconds));
        }
        sessions.close();
        await(() -> peers.all().isEmpty(), GOODBYE);
    }

    private static void await(BooleanSupplier done, Duration most) {
        long until = System.nanoTime() + most.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() - until < 0) {
            sleepALittle();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Last to start, first to stop.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    /// What was open when the node went down is open still.
    private void goOnWithAlerts() {
        try {
            alerts.goOn(bus.members().size() <= 1);
        } catch (RecordUnavailable e) {
            throw new IllegalStateException("the record has just been opened", e);
        }
    }

    private void reloadOrganisation() {
        try {
            roster.reload();
            roster.organisation().units().forEach(unit -> presence.tell(unit.id()));
        } catch (RecordUnavailable e) {
            LOG.warn("the organisation changed but cannot be read", e);
        }
    }

    /// A round that is late is left out; a round that fails does not end the others.
    private void every(long millis, String name, Runnable round) {
        var busy = new AtomicBoolean();
        Runnable guarded =
                () -> {
                    try {
                        round.run();
                    } catch (RuntimeException e) {
                        LOG.error("a round of {} failed", name, e);
                    } finally {
                        busy.set(false);
                    }
                };
        var unused =
                timer.scheduleAtFixedRate(
                        () -> {
                            if (busy.compareAndSet(false, true)) {
                                Thread.ofVirtual().name(name).start(guarded);
                            }
                        },
                        millis,
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private String publicUrl(int port) {
        var given = properties.people().publicUrl();
        return given.isEmpty() ? url(port, machineName()) : given.toLowerCase(Locale.ROOT);
    }

    /// @param everywhere what stands for all addresses of this machine
    private String url(int port, String everywhere) {
        boolean secure = properties.tls().enabled();
        var address = environment.getProperty("server.address", "");
        var host = address.isBlank() || address.equals("0.0.0.0") ? everywhere : address;
        return "%s://%s:%d".formatted(secure ? "https" : "http", host, port);
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static void sleepALittle() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
