package org.maplebridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;

/// Offers real clients made, and a relay's side to answer them with.
final class Offers {
    static final IceCredentials ICE = new IceCredentials("mapl", "bridge-bridge-bridge-22");

    private Offers() {}

    static String text(String client) {
        try (InputStream file = Offers.class.getResourceAsStream("/sdp/" + client + ".sdp")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalSide local() {
        return local(ICE);
    }

    static LocalSide local(IceCredentials ice) {
        var random = new SplittableRandom(42);
        return new LocalSide(
                ice,
                Fingerprint.parse("sha-256 " + "AB:".repeat(31) + "CD").orElseThrow(),
                List.of(
                        new InetSocketAddress("192.0.2.10", 10_000),
                        new InetSocketAddress("2001:db8::10", 10_000)),
                List.of(
                        new InetSocketAddress("192.0.2.10", 10_000),
                        new InetSocketAddress("2001:db8::10", 10_000)),
                random::nextInt);
    }

    static LegPlan publishing(String... mids) {
        Map<String, SourceId> publishes =
                Arrays.stream(mids).collect(Collectors.toMap(Function.identity(), SourceId::new));
        return new LegPlan("town", publishes, Map.of());
    }

    static SdpOutcome.Agreed agreed(String offer, LegPlan plan) {
        SdpOutcome outcome = SdpNegotiator.open(offer, plan, local());
        assertThat(outcome).isInstanceOf(SdpOutcome.Agreed.class);
        return (SdpOutcome.Agreed) outcome;
    }

    static String refusal(String offer) {
        SdpOutcome outcome = SdpNegotiator.open(offer, publishing("0", "1"), local());
        return outcome instanceof SdpOutcome.Refused(String code, String _) ? code : "agreed";
    }

    /// The lines of the n-th section of a description; -1 is what stands before all of them.
    static List<String> section(String description, int index) {
        String[] parts = description.split("(?m)^(?=m=)");
        return List.of(parts[index + 1].split("\r\n"));
    }
}
