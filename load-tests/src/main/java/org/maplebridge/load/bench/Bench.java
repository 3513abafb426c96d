package org.maplebridge.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.maplebridge.media.srtp.SrtpProfile;

/// `bin/bench`: runs one named scenario, prints its table, writes JSON and a page.
public final class Bench {
    private static final String USAGE =
            """
            Usage: bin/bench SCENARIO [option …]

            Scenarios:
              relay      one camera to 10, 50, 100 and 200 receivers, one voice to 300

            Options:
              --quick             done within 5 minutes on two cores
              --video=N,N…        receivers of the video run (empty: no video run)
              --voice=N,N…        receivers of the voice run (empty: no voice run)
              --cipher=gcm|cm     SRTP profile the clients offer (default gcm)
              --feedback          clients offer transport-wide congestion control

            Writes load-tests/target/bench/SCENARIO.json and SCENARIO.html. Ends with 0 when the
            run was sound, whatever the figures; with 1 when it was not; with 2 when it was not
            understood.
            """;

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
            System.out.print(USAGE);
            System.exit(words.isEmpty() ? 2 : 0);
        }
        if (!words.getFirst().equals("relay")) {
            System.err.println("bench: there is no scenario " + words.getFirst());
            System.err.print(USAGE);
            System.exit(2);
        }
        System.exit(relay(words.subList(1, words.size())));
    }

    private static int relay(List<String> options) throws IOException {
        var profile =
                option(options, "--cipher=", "gcm").equals("cm")
                        ? SrtpProfile.AES128_CM_HMAC_SHA1_80
                        : SrtpProfile.AEAD_AES_128_GCM;
        var scenario =
                new RelayScenario(
                        options.contains("--quick"),
                        List.of(profile),
                        options.contains("--feedback"));
        System.out.println(RelayRow.HEADER);
        scenario.run(
                numbers(option(options, "--video=", "10,50,100,200")),
                numbers(option(options, "--voice=", "300")));
        var report = new RelayReport(scenario.rows(), scenario.faults());
        String commit = System.getProperty("bench.commit", "unknown");
        Path folder = Path.of(System.getProperty("bench.output", "target/bench"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("relay.json"), Json.write(report.asMap(commit)));
        Files.writeString(folder.resolve("relay.html"), report.page(commit));
        System.out.println("Written: " + folder.resolve("relay.json") + ", relay.html");
        report.faults().forEach(fault -> System.out.println("NOT SOUND: " + fault));
        return report.faults().isEmpty() ? 0 : 1;
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
