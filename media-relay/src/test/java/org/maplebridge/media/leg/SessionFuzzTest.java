package org.maplebridge.media.leg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.CheckingPeer;
import org.maplebridge.media.ice.IceLite;
import org.maplebridge.media.sdp.LocalSide;
import org.maplebridge.media.sdp.SdpNegotiator;
import org.maplebridge.media.sdp.SdpOutcome;
import org.maplebridge.media.sdp.TrickleFragment;
import org.maplebridge.media.stun.BindingRequest;
import org.maplebridge.media.stun.StunUsername;
import org.maplebridge.media.wire.Captured;

/// Random, truncated and mutated input of strangers: refused, never thrown at.
///
/// `-Dfuzz.inputs` sets how many inputs the whole of `bin/test` should try; these parsers take
/// their share by what one input costs.
class SessionFuzzTest {
    private static final long INPUTS = Long.getLong("fuzz.inputs", 200_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121);
    private static final List<String> OFFERS =
            List.of(
                    "chromium-datachannel",
                    "firefox-terminal",
                    "gstreamer-publish",
                    "aiortc-publish");

    private static final String SEPARATORS = "\r\n:=/; -0";

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void anyDatagramMayBeTakenForACheck() {
        var ice = new IceLite(CheckingPeer.SERVER, CheckingPeer.PEER, 0);
        var network = new Captured();
        byte[] honest = new CheckingPeer(CheckingPeer.SERVER, CheckingPeer.PEER).check(true);
        for (long i = 0; i < INPUTS / 4; i++) {
            byte[] input = mutated(honest);
            int offset = random.nextInt(8);
            byte[] buffer = new byte[input.length + offset];
            System.arraycopy(input, 0, buffer, offset, input.length);
            String name = StunUsername.localFragment(buffer, offset, input.length);
            int result =
                    ice.onDatagram(
                            CheckingPeer.path(1 + random.nextInt(60_000)),
                            buffer,
                            offset,
                            input.length,
                            i,
                            network.batch);
            assertThat(name.length()).isLessThanOrEqualTo(513);
            assertThat(result).isLessThanOrEqualTo(0);
        }
        assertThat(ice.paths()).hasSizeLessThanOrEqualTo(IceLite.MAX_PATHS);
    }

    /// As if the password were known: what ice4j makes of anything must not get out.
    @Test
    void anyAuthenticMessageMayBeDecoded() {
        byte[] honest = new CheckingPeer(CheckingPeer.SERVER, CheckingPeer.PEER).check(true);
        for (long i = 0; i < INPUTS / 4; i++) {
            byte[] input = mutated(honest);
            if (StunUsername.localFragment(input, 0, input.length).isEmpty()) {
                continue; // not well-formed: IceLite goes no further either
            }
            BindingRequest request = BindingRequest.decode(input, 0, input.length);
            if (request != null) {
                assertThat(request.demandsUnknown() || request.priority() >= 0).isTrue();
            }
        }
    }

    @Test
    void anyTextMayBeTakenForAnOffer() {
        var plan =
                new LegPlan("x", Map.of("0", new SourceId("a"), "1", new SourceId("b")), Map.of());
        var local =
                new LocalSide(
                        CheckingPeer.SERVER,
                        Fingerprint.parse("sha-256 " + "00:".repeat(31) + "00").orElseThrow(),
                        List.of(new InetSocketAddress("192.0.2.1", 10_000)),
                        List.of(new InetSocketAddress("192.0.2.1", 10_000)),
                        random::nextInt);
        List<String> honest = OFFERS.stream().map(SessionFuzzTest::offer).toList();
        for (long i = 0; i < INPUTS / 200; i++) {
            String offer = mutated(honest.get(random.nextInt(honest.size())));
            SdpOutcome outcome = SdpNegotiator.open(offer, plan, local);
            if (outcome instanceof SdpOutcome.Agreed agreed) {
                assertThat(agreed.answer()).startsWith("v=0\r\n").endsWith("\r\n");
                SdpOutcome again =
                        SdpNegotiator.again(
                                mutated(offer), plan, agreed.negotiated(), local.ice(), local);
                assertThat(again).isNotNull();
            }
        }
    }

    @Test
    void anyTextMayBeTakenForAFragment() {
        String honest =
                "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\n"
                        + "a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\n"
                        + "a=end-of-candidates\r\n";
        int understood = 0;
        for (long i = 0; i < INPUTS / 50; i++) {
            understood += TrickleFragment.parse(mutated(honest)) == null ? 0 : 1;
        }
        assertThat(understood).isPositive();
    }

    private byte[] mutated(byte[] honest) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] input = honest.clone();
        for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
            input[random.nextInt(input.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(4) == 0) {
            int length = random.nextInt(5, input.length / 4) * 4;
            input = java.util.Arrays.copyOf(input, length);
            input[2] = 0;
            input[3] = (byte) (length - 20);
        }
        return input;
    }

    private String mutated(String honest) {
        var text = new StringBuilder(honest);
        for (int edits = random.nextInt(1, 8); edits > 0 && text.length() > 40; edits--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(1, 40));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to));
                case 2 -> text.setCharAt(from, (char) random.nextInt(1, 256));
                default ->
                        text.setCharAt(
                                from, SEPARATORS.charAt(random.nextInt(SEPARATORS.length())));
            }
        }
        return text.toString();
    }

    private static String offer(String client) {
        try (InputStream file =
                SessionFuzzTest.class.getResourceAsStream("/sdp/" + client + ".sdp")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
