package org.maplebridge.signaling.boot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.redis.RedisSettings;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.CameraLayers;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.IceServer;
import org.maplebridge.signaling.scene.link.Crossings;
import org.maplebridge.signaling.security.IceServers;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/// Everything that can be set, bound and checked once at the start. Defaults with their reasons
/// stand in application.yaml.
///
/// @param data directory of the embedded database, keys and recordings
/// @param people how they reach this node, and how it leaves them
public record MaplebridgeProperties(
        Path data,
        People people,
        Demo demo,
        Media media,
        Tls tls,
        Cluster cluster,
        Network network,
        Database database,
        Redis redis,
        SignIn signIn,
        Limits limits,
        Voice voice,
        List<IceServer> iceServers,
        Turn turn) {

    /// @param publicUrl empty: made of the address that is listened on
    /// @param drainSeconds how long sessions are asked to go elsewhere when the node is stopped
    public record People(String publicUrl, int drainSeconds) {
        private static final Pattern ORIGIN =
                Pattern.compile("https?://(\\[[0-9a-fA-F:]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?");

        public People {
            require(
                    publicUrl.isEmpty() || ORIGIN.matcher(publicUrl).matches(),
                    "maplebridge.public-url must be http(s)://host or http(s)://host:port");
            require(
                    drainSeconds >= 0 && drainSeconds <= 60,
                    "maplebridge.drain-seconds must be 0 to 60");
        }
    }

    /// @param active decided from what was asked for and what the data directory holds
    /// @param expose lets a demo node listen beyond this machine
    /// @param handhelds more of them than the demo county has, with accounts, for load tests
    public record Demo(boolean active, boolean expose, @Nullable String password, int handhelds) {
        public Demo {
            require(
                    handhelds >= 0 && handhelds <= DemoCounty.Handhelds.MOST,
                    "maplebridge.demo.handhelds must be 0 to " + DemoCounty.Handhelds.MOST);
        }

        @Override
        public String toString() {
            return "Demo[active=%s, expose=%s, password=%s, handhelds=%d]"
                    .formatted(active, expose, password == null ? "random" : "given", handhelds);
        }
    }

    /// @param address comma-separated, `public=private` for 1:1 NAT; empty for all
    /// @param loops 0 for what suits the machine
    /// @param tcp whether peers that can send no UDP may come by TCP, at the same number
    /// @param layers how terminals send their cameras
    public record Media(
            @DefaultValue("10000") int port,
            @DefaultValue("") String address,
            @DefaultValue("0") int loops,
            @DefaultValue("true") boolean tcp,
            @DefaultValue("10000") int maxLegs,
            @DefaultValue("none") CameraLayers layers) {
        public Media {
            require(port >= 0 && port <= 65_535, "maplebridge.media.port must be 0 to 65535");
            require(loops >= 0 && loops <= 64, "maplebridge.media.loops must be 0 to 64");
            require(maxLegs >= 1, "maplebridge.media.max-legs must be at least 1");
        }
    }

    /// @param certificate,key PEM files; both or neither
    public record Tls(
            @Nullable String certificate,
            @Nullable String key,
            @DefaultValue("false") boolean selfSigned) {
        public Tls {
            require(
                    (certificate == null) == (key == null),
                    "maplebridge.tls.certificate and maplebridge.tls.key belong together");
        }

        boolean enabled() {
            return selfSigned || certificate != null;
        }
    }

    /// @param members `host:port` of all nodes, this one included
    /// @param address the one address of a private network that is bound
    /// @param allowPublic takes an address of no private network all the same
    /// @param secret the same on all nodes: by it they know each other's media
    public record Cluster(
            @DefaultValue List<String> members,
            @DefaultValue("maplebridge") String name,
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("5701") int port,
            @DefaultValue("false") boolean allowPublic,
            @DefaultValue("") String secret) {
        private static final int SECRET_BYTES = 16;

        public Cluster {
            require(
                    members.isEmpty()
                            || secret.getBytes(StandardCharsets.UTF_8).length >= SECRET_BYTES,
                    "maplebridge.cluster.secret must be set to the same text of at least "
                            + SECRET_BYTES
                            + " bytes on all nodes");
        }

        byte[] secretBytes() {
            return secret.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Cluster[members=%s, name=%s, address=%s, port=%d]"
                    .formatted(members, name, address, port);
        }
    }

    /// @param name of the network in which this node stands
    /// @param gateway whether it exchanges media with the gateways of other networks
    /// @param crossing organisation nodes of whose subtrees pictures and voices may leave the
    ///   network here; `*` for all
    public record Network(
            @DefaultValue("default") String name,
            @DefaultValue("false") boolean gateway,
            @DefaultValue List<String> crossing) {
        private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,40}");

        public Network {
            require(
                    NAME.matcher(name).matches(),
                    "maplebridge.network.name must be 1 to 40 letters, digits, dots or hyphens");
            require(
                    gateway || crossing.isEmpty(),
                    "maplebridge.network.crossing says what leaves by a gateway, and"
                            + " maplebridge.network.gateway is not true here");
        }

        /// @throws StartRefused when the organisation has no such node
        void requireKnown(Organisation organisation) {
            for (var top : crossing) {
                if (!top.equals(Crossings.ALL) && organisation.node(new NodeId(top)).isEmpty()) {
                    throw new StartRefused(
                            "maplebridge.network.crossing names "
                                    + top
                                    + ", and the organisation has no such node.",
                            "Give ids of organisation nodes, or * for all.");
                }
            }
        }
    }

    /// @param url empty for H2 in the data directory
    public record Database(
            @DefaultValue("") String url,
            @DefaultValue("") String user,
            @DefaultValue("") String password) {
        @Override
        public String toString() {
            int parameters = url.indexOf('?');
            var place = parameters < 0 ? url : url.substring(0, parameters);
            return "Database[" + (place.isEmpty() ? "embedded" : place) + "]";
        }
    }

    /// @param url empty for telemetry in this process; it holds the password
    /// @param sentinels `host:port` of those who know the master; host and port of the URL do not
    ///   count then
    /// @param master what they call it
    /// @param county keeps several of them apart on one server
    public record Redis(
            @DefaultValue("") String url,
            @DefaultValue List<String> sentinels,
            @DefaultValue("maplebridge") String master,
            @DefaultValue("county") String county) {
        public Redis {
            require(
                    !url.isBlank() || sentinels.isEmpty(),
                    "maplebridge.redis.sentinels needs maplebridge.redis.url with the password");
            if (!url.isBlank()) {
                var unused = RedisSettings.of(url, sentinels, master, county);
            }
        }

        Optional<RedisSettings> settings() {
            return url.isBlank()
                    ? Optional.empty()
                    : Optional.of(RedisSettings.of(url, sentinels, master, county));
        }

        @Override
        public String toString() {
            return settings().map(RedisSettings::toString).orElse("Redis[none]");
        }
    }

    /// @param tokenHours a shift
    public record SignIn(@DefaultValue("12") int tokenHours, @Nullable String adminPassword) {
        public SignIn {
            require(tokenHours >= 1 && tokenHours <= 720, "maplebridge.sign-in.token-hours");
        }

        @Override
        public String toString() {
            return "SignIn[tokenHours=" + tokenHours + "]";
        }
    }

    /// @param sessions consoles and terminals of one account
    /// @param streams WHIP and WHEP sessions of one key or account
    /// @param voiceSlots conversations one session hears at most by itself
    /// @param bodyKib of a REST or WHIP request
    public record Limits(
            @DefaultValue("500") int sessions,
            @DefaultValue("2000") int streams,
            @DefaultValue("8") int voiceSlots,
            @DefaultValue("50") double messagesPerSecond,
            @DefaultValue("200") int messageBurst,
            @DefaultValue("4096") int outboxLines,
            @DefaultValue("4194304") long outboxChars,
            @DefaultValue("256") int bodyKib) {
        public Limits {
            require(sessions >= 1 && streams >= 1, "maplebridge.limits must allow something");
            require(voiceSlots >= 1 && voiceSlots <= 32, "maplebridge.limits.voice-slots: 1 to 32");
            require(messagesPerSecond > 0 && messageBurst >= 1, "maplebridge.limits.message…");
            require(outboxLines >= 64 && outboxChars >= 65_536, "maplebridge.limits.outbox…");
            require(bodyKib >= 64, "maplebridge.limits.body-kib must be at least 64");
        }
    }

    /// @param record whether what is said is kept to be heard again
    /// @param keepDays how long
    /// @param answerSeconds how long a call rings, and how long a terminal may take to open its
    ///   microphone for who listens in
    /// @param alertCountdownSeconds how long an alert can be taken back as if nothing had happened
    /// @param ambientNotice whether people are shown that somebody listens in on them
    /// @param red whether voice carries the packets before along
    public record Voice(
            @DefaultValue("true") boolean record,
            @DefaultValue("30") int keepDays,
            @DefaultValue("30") int answerSeconds,
            @DefaultValue("5") int alertCountdownSeconds,
            @DefaultValue("always") AmbientNotice ambientNotice,
            @DefaultValue("auto") Redundancy red) {
        public Voice {
            require(
                    keepDays >= 1 && keepDays <= 3_650,
                    "maplebridge.voice.keep-days must be 1 to 3650");
            require(
                    answerSeconds >= 1 && answerSeconds <= 120,
                    "maplebridge.voice.answer-seconds must be 1 to 120");
            require(
                    alertCountdownSeconds >= 0 && alertCountdownSeconds <= 30,
                    "maplebridge.voice.alert-countdown-seconds must be 0 to 30");
        }

        enum AmbientNotice {
            ALWAYS,
            NEVER
        }

        long answerNanos() {
            return Duration.ofSeconds(answerSeconds).toNanos();
        }

        Duration alertCountdown() {
            return Duration.ofSeconds(alertCountdownSeconds);
        }
    }

    /// A TURN server that stands beside the nodes.
    ///
    /// @param urls empty: there is none
    /// @param secret known to it and to all nodes
    public record Turn(
            @DefaultValue List<String> urls,
            @DefaultValue("") String secret,
            @DefaultValue("24") int hours) {
        private static final Pattern URI =
                Pattern.compile(
                        "turns?:(\\[[0-9a-fA-F:]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?"
                                + "(\\?transport=(udp|tcp))?");
        private static final int SHORTEST_SECRET = 16;

        public Turn {
            urls = List.copyOf(urls);
            require(
                    urls.stream().allMatch(url -> URI.matcher(url).matches()),
                    "maplebridge.turn.urls must be turn:host:port or turns:host:port?transport=tcp");
            require(
                    urls.isEmpty() == secret.isEmpty(),
                    "maplebridge.turn.urls and maplebridge.turn.secret: both or neither");
            require(
                    secret.isEmpty() || secret.length() >= SHORTEST_SECRET,
                    "maplebridge.turn.secret needs " + SHORTEST_SECRET + " characters");
            require(hours >= 1 && hours <= 720, "maplebridge.turn.hours must be 1 to 720");
        }

        @Override
        public String toString() {
            return "Turn" + urls;
        }
    }

    IceServers clientsIceServers() {
        return new IceServers(
                iceServers,
                turn.urls().isEmpty()
                        ? null
                        : new IceServers.Turn(
                                turn.urls(), turn.secret(), Duration.ofHours(turn.hours())));
    }

    /// @throws StartRefused in words for the operator
    static MaplebridgeProperties read(Environment environment, boolean demoActive) {
        var binder = Binder.get(environment);
        try {
            return new MaplebridgeProperties(
                    data(environment),
                    new People(
                            environment.getProperty("maplebridge.public-url", ""),
                            environment.getProperty("maplebridge.drain-seconds", Integer.class, 2)),
                    new Demo(
                            demoActive,
                            environment.getProperty(
                                    "maplebridge.demo.expose", Boolean.class, false),
                            environment.getProperty("maplebridge.demo.password"),
                            binder.bind("maplebridge.demo.handhelds", Integer.class).orElse(0)),
                    binder.bindOrCreate("maplebridge.media", Media.class),
                    binder.bindOrCreate("maplebridge.tls", Tls.class),
                    binder.bindOrCreate("maplebridge.cluster", Cluster.class),
                    binder.bindOrCreate("maplebridge.network", Network.class),
                    binder.bindOrCreate("maplebridge.database", Database.class),
                    binder.bindOrCreate("maplebridge.redis", Redis.class),
                    binder.bindOrCreate("maplebridge.sign-in", SignIn.class),
                    binder.bindOrCreate("maplebridge.limits", Limits.class),
                    binder.bindOrCreate("maplebridge.voice", Voice.class),
                    binder.bind("maplebridge.ice-servers", Bindable.listOf(IceServer.class))
                            .orElse(List.of()),
                    binder.bindOrCreate("maplebridge.turn", Turn.class));
        } catch (BindException e) {
            throw new StartRefused(
                    "The setting " + e.getName() + " cannot be used: " + rootMessage(e),
                    "See docs/operations.md for what may stand there.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "A setting cannot be used: " + e.getMessage(),
                    "See docs/operations.md for what may stand there.",
                    e);
        }
    }

    static Path data(Environment environment) {
        return Path.of(environment.getProperty("maplebridge.data", "data"))
                .toAbsolutePath()
                .normalize();
    }

    private static String rootMessage(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : rootMessage(cause);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
