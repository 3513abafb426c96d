package org.maplebridge.load.structure;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Which package may know which: the picture of docs/architecture.md, checked on the compiled
/// classes.
class ArrowsTest {
    private static final Set<String> WORKFLOWS =
            Set.of(
                    "incident",
                    "intake",
                    "order",
                    "floor",
                    "call",
                    "burst",
                    "evidence",
                    "alert",
                    "ambient",
                    "mediation",
                    "figures",
                    "duty",
                    "message",
                    "recording",
                    "unit");

    /// Packages of media-relay from the ground up; each may use what stands in its own list only.
    private static final Map<String, Set<String>> MEDIA =
            Map.ofEntries(
                    entry("api", Set.of()),
                    entry("wire", Set.of()),
                    entry("rtp", Set.of("wire")),
                    entry("stun", Set.of("wire")),
                    entry("syscall", Set.of("wire")),
                    entry("tcp", Set.of("wire", "api")),
                    entry("rtcp", Set.of("rtp", "wire")),
                    entry("srtp", Set.of("rtp", "rtcp", "wire")),
                    entry("sdp", Set.of("ice", "dtls", "rtp", "wire", "api")),
                    entry("ice", Set.of("stun", "wire")),
                    entry("dtls", Set.of("srtp", "wire")),
                    entry("congestion", Set.of("rtcp", "rtp", "wire")),
                    entry("record", Set.of("rtp", "wire", "api")),
                    entry("finish", Set.of("record", "rtp", "wire", "api")),
                    entry(
                            "forward",
                            Set.of("record", "congestion", "rtcp", "rtp", "sdp", "wire", "api")),
                    entry(
                            "leg",
                            Set.of(
                                    "forward",
                                    "congestion",
                                    "ice",
                                    "dtls",
                                    "srtp",
                                    "sdp",
                                    "stun",
                                    "rtcp",
                                    "rtp",
                                    "wire",
                                    "api")),
                    entry("link", Set.of("leg", "ice", "srtp", "sdp", "stun", "wire", "api")),
                    entry(
                            "relay",
                            Set.of(
                                    "leg",
                                    "forward",
                                    "record",
                                    "congestion",
                                    "ice",
                                    "dtls",
                                    "srtp",
                                    "sdp",
                                    "stun",
                                    "rtcp",
                                    "rtp",
                                    "wire",
                                    "api")),
                    entry(
                            "netty",
                            Set.of(
                                    "relay",
                                    "link",
                                    "leg",
                                    "forward",
                                    "record",
                                    "congestion",
                                    "ice",
                                    "dtls",
                                    "srtp",
                                    "sdp",
                                    "stun",
                                    "rtcp",
                                    "rtp",
                                    "wire",
                                    "api",
                                    "syscall",
                                    "tcp")));

    /// Packages of dispatch-bus; the workflows do not know each other, but reports open incidents.
    private static final Map<String, Set<String>> DISPATCH =
            Map.ofEntries(
                    entry("model", Set.of()),
                    entry("organisation", Set.of("model")),
                    entry("incident", Set.of("model")),
                    entry("intake", Set.of("incident", "model")),
                    entry("figures", Set.of("incident", "model")),
                    entry("duty", Set.of("organisation", "model")),
                    entry("message", Set.of("model")),
                    entry("recording", Set.of("model")),
                    entry("order", Set.of("model")),
                    entry("floor", Set.of("model")),
                    entry("call", Set.of("model")),
                    entry("burst", Set.of("model")),
                    entry("evidence", Set.of("model")),
                    entry("alert", Set.of("model")),
                    entry("ambient", Set.of("model")),
                    entry("mediation", Set.of("model")),
                    entry("unit", Set.of("model")),
                    entry("journal", Set.of("model")),
                    entry("bus", Set.of("model")),
                    entry("telemetry", Set.of("model")),
                    entry("store", with(WORKFLOWS, "model", "organisation", "journal")),
                    entry("demo", with(WORKFLOWS, "model", "organisation", "journal", "store")),
                    entry("hazelcast", Set.of("bus", "model")),
                    entry("redis", Set.of("telemetry", "model")),
                    entry("jdbc", with(WORKFLOWS, "model", "organisation", "journal", "store")));

    private static final Map<String, Set<String>> SIGNALING =
            Map.ofEntries(
                    entry("protocol", Set.of()),
                    entry("map", Set.of()),
                    entry("codec", Set.of("map", "protocol")),
                    entry("security", Set.of("protocol")),
                    entry("load", Set.of()),
                    entry("trace", Set.of()),
                    entry("scene", Set.of("load", "trace", "protocol", "security")),
                    entry("group", Set.of("scene", "protocol", "security")),
                    entry("burst", Set.of("group", "scene", "protocol", "security")),
                    entry("intake", Set.of("security")),
                    entry("message", Set.of()),
                    entry("sheet", Set.of()),
                    entry("objects", Set.of()),
                    entry("recording", Set.of("objects", "scene", "protocol", "security")),
                    entry("replay", Set.of("recording", "command", "burst", "scene", "security")),
                    entry("evidence", Set.of("security")),
                    entry("mediation", Set.of("recording", "scene", "protocol", "security")),
                    entry(
                            "command",
                            Set.of(
                                    "mediation",
                                    "burst",
                                    "group",
                                    "scene",
                                    "load",
                                    "trace",
                                    "protocol",
                                    "security")),
                    entry(
                            "session",
                            Set.of(
                                    "codec",
                                    "command",
                                    "mediation",
                                    "scene",
                                    "trace",
                                    "protocol",
                                    "security")),
                    entry("websocket", Set.of("session", "security", "protocol")),
                    entry(
                            "http",
                            Set.of(
                                    "command",
                                    "mediation",
                                    "burst",
                                    "group",
                                    "intake",
                                    "map",
                                    "evidence",
                                    "recording",
                                    "replay",
                                    "sheet",
                                    "scene",
                                    "session",
                                    "security",
                                    "protocol")),
                    entry("whip", Set.of("scene", "load", "security", "protocol")));

    @Test
    void everyArrowBetweenPackagesOfOneModuleStandsInThePicture() {
        Set<String> unexpected = new TreeSet<>();
        inside("media", MEDIA, unexpected);
        inside("dispatch", DISPATCH, unexpected);
        inside("signaling", SIGNALING, unexpected);
        assertThat(unexpected).isEmpty();
    }

    @Test
    void theTwoFoundationsKnowNothingAboveOrBesideThem() {
        Set<String> unexpected = new TreeSet<>();
        for (JavaClass type : Code.CLASSES) {
            for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                String from = module(type);
                String to = module(arrow.getTargetClass());
                boolean foundation = from.equals("media") || from.equals("dispatch");
                boolean ours = !to.isEmpty() && !to.equals(from);
                if (ours && (foundation || to.equals("load"))) {
                    unexpected.add(type.getName() + " → " + arrow.getTargetClass().getName());
                }
            }
        }
        assertThat(unexpected).isEmpty();
    }

    @Test
    void signalingReachesTheRelayThroughItsFaceOnly() {
        Set<String> unexpected = new TreeSet<>();
        for (JavaClass type : Code.CLASSES) {
            boolean wiring = area(type).equals("boot");
            if (!module(type).equals("signaling") || wiring) {
                continue;
            }
            for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                JavaClass target = arrow.getTargetClass();
                if (module(target).equals("media") && !area(target).equals("api")) {
                    unexpected.add(type.getName() + " → " + target.getName());
                }
            }
        }
        assertThat(unexpected).isEmpty();
    }

    @Test
    void noCirclesBetweenPackages() {
        slices().matching("org.maplebridge.(*.*)..").should().beFreeOfCycles().check(Code.CLASSES);
    }

    private static void inside(
            String module, Map<String, Set<String>> allowed, Set<String> unexpected) {
        for (JavaClass type : Code.CLASSES) {
            String from = area(type);
            if (!module(type).equals(module) || from.equals("boot")) {
                continue;
            }
            if (!allowed.containsKey(from)) {
                unexpected.add(module + "." + from + " is not in the picture");
                continue;
            }
            for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                JavaClass target = arrow.getTargetClass();
                String to = area(target);
                boolean leaves = module(target).equals(module) && !to.equals(from);
                if (leaves && !allowed.get(from).contains(to)) {
                    unexpected.add(from + " → " + to + " (" + type.getSimpleName() + ")");
                }
            }
        }
    }

    /// `media` of `org.maplebridge.media.rtp.RtpHeader`; empty for what is not ours.
    private static String module(JavaClass type) {
        return part(type, 2);
    }

    /// `rtp` of `org.maplebridge.media.rtp.RtpHeader`.
    private static String area(JavaClass type) {
        return part(type, 3);
    }

    private static String part(JavaClass type, int index) {
        String[] parts = type.getBaseComponentType().getPackageName().split("\\.", -1);
        boolean ours = parts.length > 2 && parts[1].equals("maplebridge");
        return ours && index < parts.length ? parts[index] : "";
    }

    private static Set<String> with(Set<String> some, String... more) {
        var all = new TreeSet<>(some);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }
}
