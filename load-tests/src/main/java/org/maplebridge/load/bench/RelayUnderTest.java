package org.maplebridge.load.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.maplebridge.load.bench.bare.BareSeal;
import org.maplebridge.load.bench.bare.BareSend;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.load.client.pattern.VoicePattern;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayMetrics;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.syscall.SendmmsgSender;
import org.maplebridge.media.wire.DropReason;

/// The relay alone in a process of its own, obeying one-line commands: what a benchmark measures.
///
/// ```
/// publish LEG SOURCE OFFER   ok ANSWER     offers and answers in base64
/// play LEG SOURCE OFFER      ok ANSWER
/// leave LEG                  ok
/// record SOURCE FILE         ok            with a key of zeros
/// stop SOURCE                ok missed=N complete=…
/// figures                    ok key=value …
/// bare KIND SEGMENTS MILLIS PORT,PORT…     ok packets cpuNanos refused
/// seal KIND PROFILE RECEIVERS MILLIS       ok packets cpuNanos
/// ```
public final class RelayUnderTest {
    private static final String MID = "0";
    private static final String AFFINITY = "town";

    static final RecordingKey KEY = new RecordingKey("bench", new byte[32]);
    private static final long STOP_SECONDS = 20;

    private static final BlockingQueue<RelayEvent.RecordingEnded> ENDED =
            new LinkedBlockingQueue<>();

    private final RelayNode relay;

    private RelayUnderTest(RelayNode relay) {
        this.relay = relay;
    }

    public static void main(String[] arguments) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var config =
                new RelayConfig(
                        0,
                        List.of(new LocalAddress(loopback, loopback)),
                        Integer.getInteger("bench.loops", 1),
                        10_000,
                        !Boolean.getBoolean("bench.netty-send"));
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever logs must not get between the answers
        try (RelayNode relay = RelayNode.start(config, RelayUnderTest::tell)) {
            answers.println("ok");
            var commands =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var server = new RelayUnderTest(relay);
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answers.println(server.obey(line.split(" ", -1)));
            }
        }
    }

    private static void tell(RelayEvent event) {
        switch (event) {
            case RelayEvent.LegLost lost when !lost.cause().equals("peer-closed") ->
                    System.err.println("server under test: " + lost);
            case RelayEvent.RecordingFailed failed ->
                    System.err.println("server under test: " + failed);
            case RelayEvent.RecordingEnded ended -> ENDED.add(ended);
            default -> {}
        }
    }

    private String obey(String[] words) throws IOException {
        return switch (words[0]) {
            case "publish" -> {
                var plan = new LegPlan(AFFINITY, Map.of(MID, new SourceId(words[2])), Map.of());
                yield open(new LegId(words[1]), words[3], plan);
            }
            case "play" -> {
                var leg = new LegId(words[1]);
                String answer = open(leg, words[3], new LegPlan(AFFINITY, Map.of(), Map.of()));
                relay.attach(leg, MID, new SourceId(words[2]));
                yield answer;
            }
            case "leave" -> {
                relay.close(new LegId(words[1]));
                yield "ok";
            }
            case "record" -> {
                var plan = new RecordingPlan(Path.of(words[2]), KEY);
                relay.startRecording(new RecordingId(words[1]), new SourceId(words[1]), plan);
                yield "ok";
            }
            case "stop" -> stop(new RecordingId(words[1]));
            case "figures" -> figures();
            case "bare" -> bare(words);
            case "seal" -> {
                var result =
                        BareSeal.run(
                                SrtpProfile.valueOf(words[2]),
                                Integer.parseInt(words[3]),
                                pattern(words[1]),
                                Long.parseLong(words[4]) * 1_000_000);
                yield "ok " + result.packets() + " " + result.cpuNanos();
            }
            default -> "refused unknown command";
        };
    }

    private String stop(RecordingId recording) throws IOException {
        relay.stopRecording(recording);
        try {
            var ended = ENDED.poll(STOP_SECONDS, TimeUnit.SECONDS);
            return ended == null
                    ? "refused it did not end"
                    : "ok missed=" + ended.missed() + " complete=" + ended.complete();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private String open(LegId leg, String offer, LegPlan plan) {
        String text = new String(Base64.getDecoder().decode(offer), StandardCharsets.UTF_8);
        return switch (relay.open(leg, text, plan)) {
            case Negotiation.Accepted(String answer, boolean _) ->
                    "ok "
                            + Base64.getEncoder()
                                    .encodeToString(answer.getBytes(StandardCharsets.UTF_8));
            case Negotiation.Refused(String code, String detail) ->
                    "refused " + code + " " + detail;
        };
    }

    private String figures() {
        RelayMetrics metrics = relay.metrics();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long collections =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum();
        var text = new StringBuilder("ok");
        text.append(" forwarded=").append(metrics.packetsForwarded());
        text.append(" retransmitted=").append(metrics.packetsRetransmitted());
        text.append(" received=").append(metrics.packetsReceived());
        text.append(" sessions=").append(metrics.sessions());
        text.append(" allocated=").append(threads.getTotalThreadAllocatedBytes());
        text.append(" collections=").append(collections);
        text.append(" compiled=")
                .append(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
        SendmmsgSender.Sent sent = metrics.sent();
        text.append(" datagrams=").append(sent.datagrams());
        text.append(" turns=").append(sent.turns());
        text.append(" messages=").append(sent.messages());
        text.append(" sender=").append(metrics.sender().replace(' ', '-'));
        text.append(" cipher=").append(metrics.cipher().replace(' ', '-'));
        for (DropReason reason : DropReason.values()) {
            if (metrics.dropped(reason) > 0) {
                text.append(" drop.").append(reason).append('=').append(metrics.dropped(reason));
            }
        }
        return text.toString();
    }

    private String bare(String[] words) throws IOException {
        List<Integer> ports =
                Arrays.stream(words[4].split(",", -1)).map(Integer::parseInt).toList();
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port());
        long nanos = Long.parseLong(words[3]) * 1_000_000;
        boolean segments = Boolean.parseBoolean(words[2]);
        var result = BareSend.run(local, ports, pattern(words[1]), segments, nanos);
        return "ok " + result.packets() + " " + result.cpuNanos() + " " + result.refused();
    }

    /// The stream of the scenario, so that the bare loop sends what the relay does.
    static MediaPattern pattern(String kind) {
        return switch (kind) {
            case "video" -> new VideoPattern(2_000_000, 30, 1);
            case "small" -> new VideoPattern(500_000, 30, 1);
            case "voice" -> new VoicePattern(1);
            default -> throw new IllegalArgumentException("there is no kind of media " + kind);
        };
    }
}
