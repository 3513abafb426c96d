package org.maplebridge.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The sample messages of RFC 5769 §2, built with short-term credentials.
class StunVectorsTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    private static final byte[] REQUEST =
            bytes(
                    """
                    00 01 00 58 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
                    80 22 00 10 53 54 55 4e 20 74 65 73 74 20 63 6c 69 65 6e 74
                    00 24 00 04 6e 00 01 ff
                    80 29 00 08 93 2f f9 b1 51 26 3b 36
                    00 06 00 09 65 76 74 6a 3a 68 36 76 59 20 20 20
                    00 08 00 14 9a ea a7 0c bf d8 cb 56 78 1e f2 b5 b2 d3 f2 49 c1 b5 71 a2
                    80 28 00 04 e5 7a 3b cf
                    """);

    private static final byte[] IPV4_RESPONSE =
            bytes(
                    """
                    01 01 00 3c 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
                    80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20
                    00 20 00 08 00 01 a1 47 e1 12 a6 43
                    00 08 00 14 2b 91 f5 99 fd 9e 90 c3 8c 74 89 f9 2a f9 ba 53 f0 6b e7 d7
                    80 28 00 04 c0 7d 4c 96
                    """);

    private static final byte[] IPV6_RESPONSE =
            bytes(
                    """
                    01 01 00 48 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
                    80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20
                    00 20 00 14 00 02 a1 47 01 13 a9 fa a5 d3 f1 79 bc 25 f4 b5 be d2 b9 d9
                    00 08 00 14 a3 82 95 4e 4b e6 7b f1 17 84 c9 7c 82 92 c2 75 bf e3 ed 41
                    80 28 00 04 c8 fb 0b 4c
                    """);

    private final StunIntegrity integrity = new StunIntegrity(PASSWORD);

    @Test
    void sampleRequestIsAuthenticAndReadable() {
        assertThat(integrity.proves(REQUEST, 0, REQUEST.length)).isTrue();
        assertThat(StunUsername.localFragment(REQUEST, 0, REQUEST.length)).isEqualTo("evtj");

        BindingRequest request = decoded(REQUEST);
        assertThat(request.priority()).isEqualTo(0x6e0001ffL);
        assertThat(request.claimsControlled()).isTrue();
        assertThat(request.nominates()).isFalse();
        assertThat(request.demandsUnknown()).isFalse();
    }

    @Test
    void sampleRequestIsReadAnywhereInABuffer() {
        byte[] buffer = new byte[300];
        System.arraycopy(REQUEST, 0, buffer, 77, REQUEST.length);

        assertThat(integrity.proves(buffer, 77, REQUEST.length)).isTrue();
        assertThat(StunUsername.localFragment(buffer, 77, REQUEST.length)).isEqualTo("evtj");
        assertThat(BindingRequest.decode(buffer, 77, REQUEST.length)).isNotNull();
    }

    @Test
    void sampleResponsesTellTheMappedAddress() {
        var check = new BindingCheck("evtj:h6vY", PASSWORD, 1);
        byte[] id = Arrays.copyOfRange(REQUEST, 8, 20);

        assertThat(check.mappedAddress(IPV4_RESPONSE, 0, IPV4_RESPONSE.length, id))
                .isEqualTo(new InetSocketAddress("192.0.2.1", 32_853));
        assertThat(check.mappedAddress(IPV6_RESPONSE, 0, IPV6_RESPONSE.length, id))
                .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32_853));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static BindingRequest decoded(byte[] message) {
        return Objects.requireNonNull(BindingRequest.decode(message, 0, message.length));
    }
}
