package org.maplebridge.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.maplebridge.load.cluster.part.Setting;
import org.maplebridge.load.compare.CompareScenario;
import org.maplebridge.load.compare.Contender;
import org.maplebridge.load.compare.JanusServer;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.incidents.IncidentsScenario;
import org.maplebridge.load.incidents.Plan;
import org.maplebridge.load.soak.SoakPlan;
import org.maplebridge.load.soak.SoakScenario;
import org.maplebridge.media.srtp.SrtpProfile;

/// `bin/bench`: runs one named scenario, prints its table, writes JSON and a page.
public final class Bench {
    private static final String USAGE =
            """
            Usage: bin/bench SCENARIO [option …]

            Scenarios:
              relay      one camera to 10, 50, 100 and 200 receivers, one voice to 300
              cluster    three nodes of one county under load: killed, split, without services,
                         restarted
              incidents  alarms, a record of years, units on the move, kills: from report to closure
              recording  fifty cameras recorded at once, recorders killed, flash and beep
              voice      a county of 1,500 handhelds in 150 groups at work against one whole node
              telemetry  1,500 units report once a second, in process and through Redis
              links      a car in real Chromium over narrow and lossy ways, each way in turn
              soak       what ten hours bring of coming, talking and leaving, in a quarter of one

            Options:
              --quick             done within 5 minutes on two cores
            of relay:
              --video=N,N…        receivers of the video run (empty: no video run)
              --voice=N,N…        receivers of the voice run (empty: no voice run)
              --cipher=gcm|cm     SRTP profile the clients offer (default gcm)
              --feedback          clients offer transport-wide congestion control
              --small=N,N…        receivers of a camera of 500 kbit/s (default none)
              --storm=N           after that, N terminals come at once to hear a voice
              --compare=janus     beside Janus, in turn: video, voice, 20 rooms (--no-rooms: none),
                                  joins
              --compare=self      beside itself with other JVM flags or classes: see docs/benchmarks.md
            of links:
              --compare=direct    once more from page to page, without a server between
            of voice:
              --handhelds=N       terminals that sign in (default 1500)
              --media=N           of those with a peer connection (default all)
            of cluster:
              --only=PART         kill, split, services, rolling or size
              --rounds=N          nodes killed (default 30, with --quick 2)
              --from=REVISION     with --only=rolling: the nodes run this commit until each is
                                  started again
              --seed=N            who is hit, how long people talk (default 1)
            of incidents:
              --only=PART         alarms, size, nearest or kill
              --rounds=N          times that the node is killed (default 50, with --quick 3)
              --seed=N            who reports what, when the node is killed (default 1)

            of recording:
              --only=PART         load, kill or lipsync
              --rounds=N          times that the relay is killed (default 20, with --quick 3)
              --seed=N            when it is killed (default 1)

            Writes load-tests/target/bench/SCENARIO.json and SCENARIO.html. Ends with 0 when the
            run was sound, whatever the figures; with 1 when it was not; with 2 when it was not
            understood.
            """;

    /// Class path of what `--from` names; empty without it.
    private static final String OLDER_BUILD = System.getProperty("bench.older-class-path", "");

    private static final String COMMIT = System.getProperty("bench.commit", "unknown");

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
            System.out.print(USAGE);
            System.exit(words.isEmpty() ? 2 : 0);
        }
        List<String> options = words.subList(1, words.size());
        try {
            System.exit(run(words.getFirst(), options));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    /// @throws IllegalArgumentException when it was not understood
    private static int run(String scenario, List<String> options) throws IOException {
        return switch (scenario) {
            case "relay" -> relay(options);
            case "cluster" -> cluster(options);
            case "incidents" -> incidents(options);
            case "recording" -> recording(options);
            case "voice" -> voice(options);
            case "telemetry" -> telemetry(options);
            case "soak" -> soak(options);
            default -> throw new IllegalArgumentException("there is no scenario " + scenario);
        };
    }

    private static int relay(List<String> options) throws IOException {
        var profile =
                option(options, "--cipher=", "gcm").equals("cm")
                        ? SrtpProfile.AES128_CM_HMAC_SHA1_80
                        : SrtpProfile.AEAD_AES_128_GCM;
        String peer = option(options, "--compare=", "");
        if (!peer.isEmpty()) {
            return compare(peer, profile, options);
        }
        var scenario =
                new RelayScenario(
                        options.contains("--quick"),
                        List.of(profile),
                        options.contains("--feedback"));
        System.out.println(RelayRow.HEADER);
        scenario.run(
                numbers(option(options, "--video=", "10,50,100,200")),
                numbers(option(options, "--voice=", "300")),
                numbers(option(options, "--small=", "")));
        int storm = Integer.parseInt(option(options, "--storm=", "0"));
        if (storm > 0) {
            scenario.storm(storm);
        }
        var report = new RelayReport(scenario.rows(), scenario.stormFigures(), scenario.faults());
        return keep("relay", report.asMap(COMMIT), report.page(COMMIT), report.faults());
    }

    private static int compare(String peer, SrtpProfile profile, List<String> options)
            throws IOException {
        boolean janus = peer.equals("janus");
        if (!janus && !peer.equals("self")) {
            throw new IllegalArgumentException("there is no comparison with " + peer);
        }
        if (janus && !JanusServer.isInstalled()) {
            System.out.println("NOT SOUND: Janus is not installed (Debian: apt install janus)");
            return 1;
        }
        boolean quick = options.contains("--quick");
        var ours = new Contender("Maplebridge", "ours", ServerProcess::start);
        var scenario =
                new CompareScenario(
                        quick,
                        janus
                                ? List.of(
                                        ours,
                                        new Contender(
                                                "Janus, 2 loops",
                                                "janus_loops",
                                                JanusServer::loops),
                                        new Contender(
                                                "Janus, default", "janus", JanusServer::unchanged))
                                : List.of(
                                        ours,
                                        new Contender("other", "other", ServerProcess::startOther)),
                        List.of(profile),
                        options.contains("--feedback"));
        scenario.run(
                numbers(option(options, "--video=", quick ? "25,100" : "25,50,100,200")),
                numbers(option(options, "--voice=", quick ? "300" : "100,300")),
                !options.contains("--no-rooms"));
        var report = new CompareReport(scenario);
        System.out.print(report.table());
        String name = "relay-" + peer;
        return keep(name, report.asMap(COMMIT), report.page(COMMIT), scenario.faults());
    }

    private static int cluster(List<String> options) throws IOException {
        boolean quick = options.contains("--quick");
        var only = option(options, "--only=", "");
        if (!OLDER_BUILD.isEmpty() && !only.equals("rolling")) {
            throw new IllegalArgumentException("--from is for --only=rolling");
        }
        var setting =
                new Setting(
                        quick,
                        Long.parseLong(option(options, "--seed=", "1")),
                        Integer.parseInt(option(options, "--rounds=", quick ? "2" : "30")),
                        OLDER_BUILD.isEmpty() ? NodeProcess.THIS_BUILD : OLDER_BUILD,
                        output());
        var scenario = new ClusterScenario(only, setting);
        scenario.run();
        var report =
                new PartsReport(
                        "cluster", "Cluster: what is done to three nodes", scenario.findings());
        System.out.print(report.table());
        return keep("cluster", report.asMap(COMMIT), report.page(COMMIT), report.faults());
    }

    private static int incidents(List<String> options) throws IOException {
        boolean quick = options.contains("--quick");
        var plan =
                new Plan(
                        quick,
                        Long.parseLong(option(options, "--seed=", "1")),
                        Integer.parseInt(option(options, "--rounds=", quick ? "3" : "50")));
        var scenario = new IncidentsScenario(option(options, "--only=", ""), plan);
        scenario.run();
        var report =
                new PartsReport(
                        "incidents",
                        "Incidents: many, old, on the move and across kills",
                        scenario.findings());
        System.out.print(report.table());
        return keep("incidents", report.asMap(COMMIT), report.page(COMMIT), report.faults());
    }

    private static int recording(List<String> options) throws IOException {
        boolean quick = options.contains("--quick");
        int rounds = Integer.parseInt(option(options, "--rounds=", quick ? "3" : "20"));
        long seed = Long.parseLong(option(options, "--seed=", "1"));
        var scenario = new RecordingScenario(quick, rounds, seed);
        scenario.run(option(options, "--only=", ""));
        var report =
                new PartsReport(
                        "recording",
                        "Recording: many at once, killed, and in sync",
                        scenario.findings());
        System.out.print(report.table());
        return keep("recording", report.asMap(COMMIT), report.page(COMMIT), report.faults());
    }

    private static int voice(List<String> options) throws IOException {
        int handhelds = Integer.parseInt(option(options, "--handhelds=", "1500"));
        int media = Integer.parseInt(option(options, "--media=", Integer.toString(handhelds)));
        var plan = new VoicePlan(options.contains("--quick"), handhelds, media);
        var scenario = new VoiceScenario(plan);
        scenario.run();
        var report = new VoiceReport(plan, scenario.figures(), scenario.faults());
        System.out.print(report.table());
        return keep("voice", report.asMap(COMMIT), report.page(COMMIT), report.faults());
    }

    private static int telemetry(List<String> options) throws IOException {
        boolean quick = options.contains("--quick");
        var scenario = new TelemetryScenario(quick);
        scenario.run();
        var report = new TelemetryReport(quick, scenario.figures(), scenario.faults());
        System.out.print(report.table());
        return keep("telemetry", report.asMap(COMMIT), report.page(COMMIT), report.faults());
    }

    private static int soak(List<String> options) throws IOException {
        var scenario = new SoakScenario(new SoakPlan(options.contains("--quick")));
        scenario.run();
        var report = new SoakReport(scenario.findings());
        System.out.print(report.table());
        return keep("soak", report.asMap(COMMIT), report.page(COMMIT), report.faults());
    }

    private static int keep(
            String scenario, Map<String, Object> json, String page, List<String> faults)
            throws IOException {
        Path folder = output();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(scenario + ".json"), Json.write(json));
        Files.writeString(folder.resolve(scenario + ".html"), page);
        System.out.println(
                "Written: " + folder.resolve(scenario + ".json") + ", " + scenario + ".html");
        faults.forEach(fault -> System.out.println("NOT SOUND: " + fault));
        return faults.isEmpty() ? 0 : 1;
    }

    private static Path output() {
        return Path.of(System.getProperty("bench.output", "target/bench"));
    }

    private static String option(List<String> options, String prefix, String otherwise) {
        return options.stream()
                .filter(option -> option.startsWith(prefix))
                .map(option -> option.substring(prefix.length()))
                .findFirst()
                .orElse(otherwise);
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(number -> !number.isBlank())
                .map(number -> Integer.parseInt(number.strip()))
                .sorted()
                .toList();
    }
}
