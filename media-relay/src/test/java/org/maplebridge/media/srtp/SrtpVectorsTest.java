package org.maplebridge.media.srtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;
import org.maplebridge.media.srtp.cipher.CounterMode;
import org.maplebridge.media.srtp.cipher.HmacSha1;

/// Published vectors: RFC 3711 Appendix B, RFC 7714 §16 and §17, RFC 2202, and the reference
/// packets of libsrtp's driver.
class SrtpVectorsTest {
    private static final byte[] MASTER_KEY = hex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] MASTER_SALT = hex("0ec675ad498afeebb6960b3aabe6");
    private static final byte[] GCM_SALT = hex("517569642070726f2071756f"); // "Quid pro quo"
    private static final String GCM_RTP_HEADER = "8040f17b8041f8d35501a0b2";
    private static final byte[] GCM_RTP =
            hex(
                    GCM_RTP_HEADER
                            + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465"
                            + "732074726573");
    private static final byte[] GCM_RTCP =
            hex(
                    "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                            + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");

    static List<SrtpCiphers> ciphers() {
        return CipherChoices.all();
    }

    /// RFC 3711 §B.3.
    @Test
    void sessionKeysAreThoseOfTheRfc() {
        var keys = new KeyDerivation(SrtpProfile.AES128_CM_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT);

        assertThat(keys.derive(KeyDerivation.RTP_KEY, 16))
                .isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
        assertThat(keys.derive(KeyDerivation.RTP_SALT, 14))
                .isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
        assertThat(keys.derive(KeyDerivation.RTP_AUTHENTICATION, 94))
                .isEqualTo(
                        hex(
                                "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                                        + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5f"
                                        + "bcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f"
                                        + "34db60dbdfb2"));
    }

    /// RFC 3711 §B.2: the first three and the 65,279th to 65,281st block.
    @ParameterizedTest
    @MethodSource("ciphers")
    void counterModeMakesTheKeystreamOfTheRfc(SrtpCiphers ciphers) {
        CounterMode cipher = ciphers.source().counterMode(hex("2b7e151628aed2a6abf7158809cf4f3c"));

        assertThat(keystream(cipher, 0))
                .isEqualTo(
                        hex(
                                "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                                        + "41e95b3bb0a2e8dd477901e4fca894c0"));
        assertThat(keystream(cipher, 0xfeff))
                .isEqualTo(
                        hex(
                                "ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae"
                                        + "6a2cc3787889374fbeb4c81b17ba6c44"));
    }

    private static byte[] keystream(CounterMode cipher, int block) {
        byte[] zeros = new byte[48];
        cipher.start(0xf0f1f2f3f4f5f6f7L, 0xf8f9fafbfcfd0000L + block);
        cipher.apply(zeros, 0, zeros.length);
        MemorySegment memory = Arena.ofAuto().allocate(48);
        cipher.start(0xf0f1f2f3f4f5f6f7L, 0xf8f9fafbfcfd0000L + block);
        cipher.apply(memory, 0, 48);
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(zeros);
        return zeros;
    }

    /// RFC 2202 §3, cases 1 and 2, cut to 80 bits.
    @ParameterizedTest
    @MethodSource("ciphers")
    void messagesAreSignedAsInTheRfc(SrtpCiphers ciphers) {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0b);

        assertThat(signature(ciphers.source().hmacSha1(key), "Hi There"))
                .isEqualTo(hex("b617318655057264e28b"));
        assertThat(
                        signature(
                                ciphers.source().hmacSha1("Jefe".getBytes(US_ASCII)),
                                "what do ya want for nothing?"))
                .isEqualTo(hex("effcdf6ae5eb2fa2d274"));
    }

    private static byte[] signature(HmacSha1 hmac, String text) {
        byte[] message = Arrays.copyOf(text.getBytes(US_ASCII), text.length() + 10);
        MemorySegment memory = Arena.ofAuto().allocate(message.length);
        MemorySegment.copy(message, 0, memory, ValueLayout.JAVA_BYTE, 0, text.length());
        hmac.sign(memory, 0, text.length(), HmacSha1.NO_TRAILER);
        byte[] signed = memory.toArray(ValueLayout.JAVA_BYTE);
        assertThat(hmac.verify(signed, 0, text.length(), HmacSha1.NO_TRAILER)).isTrue();
        return Arrays.copyOfRange(signed, text.length(), signed.length);
    }

    /// RFC 7714 §16.1, §17.1.
    @ParameterizedTest
    @MethodSource("ciphers")
    void gcm128ProtectsAsInTheRfc(SrtpCiphers ciphers) {
        checkGcm(
                ciphers,
                hex("000102030405060708090a0b0c0d0e0f"),
                hex(
                        GCM_RTP_HEADER
                                + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7"
                                + "d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce"),
                hex(
                        "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32d"
                                + "c676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5ab"
                                + "f87245d9eade800005d4"));
    }

    /// RFC 7714 §16.2, §17.3.
    @ParameterizedTest
    @MethodSource("ciphers")
    void gcm256ProtectsAsInTheRfc(SrtpCiphers ciphers) {
        checkGcm(
                ciphers,
                hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                hex(
                        GCM_RTP_HEADER
                                + "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ff"
                                + "ae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13"),
                hex(
                        "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50"
                                + "a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff"
                                + "6f6cb26ac3be800005d4"));
    }

    private static void checkGcm(SrtpCiphers ciphers, byte[] key, byte[] rtp, byte[] rtcp) {
        PacketProtection sealing = gcm(ciphers, key, Direction.SEAL);
        PacketProtection opening = gcm(ciphers, key, Direction.OPEN);
        MemorySegment memory = Arena.ofAuto().allocate(rtp.length);
        MemorySegment.copy(GCM_RTP, 0, memory, ValueLayout.JAVA_BYTE, 0, GCM_RTP.length);
        sealing.sealRtp(memory, 0, 12, GCM_RTP.length, 0x5501a0b2, 0xf17b);
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(rtp);
        assertThat(opening.openRtp(rtp, 0, 12, rtp.length, 0x5501a0b2, 0xf17b)).isTrue();
        assertThat(rtp).startsWith(GCM_RTP);

        memory = Arena.ofAuto().allocate(rtcp.length);
        MemorySegment.copy(GCM_RTCP, 0, memory, ValueLayout.JAVA_BYTE, 0, GCM_RTCP.length);
        sealing.sealRtcp(memory, 0, GCM_RTCP.length, 0x4d617273, 0x800005d4);
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(rtcp);
        assertThat(opening.openRtcp(rtcp, 0, rtcp.length, 0x4d617273, 0x800005d4)).isTrue();
        assertThat(rtcp).startsWith(GCM_RTCP);
    }

    private static PacketProtection gcm(SrtpCiphers ciphers, byte[] key, Direction direction) {
        return new GcmProtection(
                ciphers.source().gcm(key, direction),
                GCM_SALT,
                ciphers.source().gcm(key, direction),
                GCM_SALT);
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void counterModePacketsAreThoseOfLibsrtp(SrtpCiphers ciphers) {
        checkPackets(
                SrtpProfile.AES128_CM_HMAC_SHA1_80,
                MASTER_KEY,
                MASTER_SALT,
                ciphers,
                "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
                "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void gcmPacketsAreThoseOfLibsrtp(SrtpCiphers ciphers) {
        checkPackets(
                SrtpProfile.AEAD_AES_128_GCM,
                hex("000102030405060708090a0b0c0d0e0f"),
                hex("a0a1a2a3a4a5a6a7a8a9aaab"),
                ciphers,
                "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392",
                "c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001");
    }

    private static void checkPackets(
            SrtpProfile profile,
            byte[] key,
            byte[] salt,
            SrtpCiphers ciphers,
            String protectedRtp,
            String protectedRtcp) {
        byte[] rtp = hex("800f1234decafbadcafebabe" + "ab".repeat(16));
        byte[] rtcp = hex("81c8000bcafebabe" + "ab".repeat(16));
        MemorySegment memory = Arena.ofAuto().allocate(64);
        try (var sender = new OutboundSrtp(profile, key, salt, ciphers);
                var receiver = new InboundSrtp(profile, key, salt, ciphers)) {
            MemorySegment.copy(rtp, 0, memory, ValueLayout.JAVA_BYTE, 0, rtp.length);
            int length = sender.protectRtp(memory, 0, 12, rtp.length, 0xcafebabe, 0x1234);
            byte[] sealed = memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            assertThat(sealed).isEqualTo(hex("800f1234decafbadcafebabe" + protectedRtp));
            assertThat(receiver.unprotectRtp(sealed, 0, length)).isEqualTo(rtp.length);
            assertThat(sealed).startsWith(rtp);

            sender.protectRtcp(memory, 0, rtcp.length); // libsrtp counts from 1, the RFC from 0
            MemorySegment.copy(rtcp, 0, memory, ValueLayout.JAVA_BYTE, 0, rtcp.length);
            length = sender.protectRtcp(memory, 0, rtcp.length);
            sealed = memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            assertThat(sealed).isEqualTo(hex("81c8000bcafebabe" + protectedRtcp));
            assertThat(receiver.unprotectRtcp(sealed, 0, length)).isEqualTo(rtcp.length);
            assertThat(sealed).startsWith(rtcp);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
