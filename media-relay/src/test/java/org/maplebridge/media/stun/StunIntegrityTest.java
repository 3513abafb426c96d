package org.maplebridge.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunIntegrityTest {
    private static final String PASSWORD = "a-password-of-22-chars";
    private static final byte[] ID =
            "twelve-bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final StunIntegrity integrity = new StunIntegrity(PASSWORD);

    @Test
    void aCheckSealedWithThePasswordIsAuthentic() {
        byte[] check = check(true);

        assertThat(integrity.proves(check, 0, check.length)).isTrue();
        BindingRequest request = decoded(check);
        assertThat(request.nominates()).isTrue();
        assertThat(request.claimsControlled()).isFalse();
        assertThat(request.priority()).isEqualTo(1_234_567);
    }

    @Test
    void anotherPasswordProvesNothing() {
        byte[] check = check(true);

        assertThat(new StunIntegrity(PASSWORD + "x").proves(check, 0, check.length)).isFalse();
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] check = check(true);
        for (int bit = 0; bit < check.length * 8; bit++) {
            byte[] changed = check.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(integrity.proves(changed, 0, changed.length)).as("bit " + bit).isFalse();
        }
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] check = check(false);
        for (int length = 0; length < check.length; length++) {
            assertThat(integrity.proves(check, 0, length)).as("length " + length).isFalse();
        }
    }

    @Test
    void whatStandsBehindTheIntegrityIsNotBelieved() {
        byte[] useCandidate = {0, 0x25, 0, 0};
        byte[] forged = behindIntegrity(check(false), useCandidate);

        assertThat(integrity.proves(forged, 0, forged.length)).isTrue();
        assertThat(decoded(forged).nominates()).isFalse();
    }

    @Test
    void aNameBehindTheIntegrityFindsNoSession() {
        byte[] name = {0, 6, 0, 5, 'e', 'v', 'i', 'l', ':', 0, 0, 0};
        byte[] honest = check(false);
        honest[21] = 0x77; // the name in front becomes an attribute nobody knows
        byte[] forged = behindIntegrity(honest, name);

        assertThat(StunUsername.localFragment(forged, 0, forged.length)).isEmpty();
    }

    /// Puts an attribute between MESSAGE-INTEGRITY and a FINGERPRINT that is right again.
    private static byte[] behindIntegrity(byte[] sealed, byte[] attribute) {
        int fingerprintAt = sealed.length - 8;
        byte[] forged = new byte[sealed.length + attribute.length];
        System.arraycopy(sealed, 0, forged, 0, fingerprintAt);
        System.arraycopy(attribute, 0, forged, fingerprintAt, attribute.length);
        forged[3] = (byte) (forged.length - 20);
        var crc = new CRC32();
        crc.update(forged, 0, forged.length - 8);
        ByteBuffer.wrap(forged, forged.length - 8, 8)
                .putInt(0x8028_0004)
                .putInt((int) crc.getValue() ^ 0x5354_554e);
        return forged;
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "127.0.0.1", "fe80::1"})
    void answersTellThePeerItsAddress(String host) {
        var from = new InetSocketAddress(host, 50_000);
        byte[] check = check(true);
        BindingRequest request = decoded(check);
        byte[] answer = new byte[BindingRequest.MAX_ANSWER_LENGTH];
        int length = request.writeSuccess(answer, from, integrity);

        assertThat(client().mappedAddress(answer, 0, length, ID)).isEqualTo(from);
        assertThat(client().mappedAddress(answer, 0, length, new byte[12])).isNull();
        answer[30] ^= 1;
        assertThat(client().mappedAddress(answer, 0, length, ID)).isNull();
    }

    @Test
    void errorAnswersAreSealedToo() {
        byte[] check = check(true);
        BindingRequest request = decoded(check);
        byte[] answer = new byte[BindingRequest.MAX_ANSWER_LENGTH];

        int conflict = request.writeRoleConflict(answer, integrity);
        assertThat(client().errorCode(answer, 0, conflict, ID)).isEqualTo(487);
        int unknown = request.writeUnknownAttributes(answer, integrity);
        assertThat(client().errorCode(answer, 0, unknown, ID)).isEqualTo(420);
    }

    @Test
    void answersCarryNoSoftwareName() {
        byte[] check = check(true);
        byte[] answer = new byte[BindingRequest.MAX_ANSWER_LENGTH];
        BindingRequest request = decoded(check);
        int length = request.writeSuccess(answer, new InetSocketAddress("192.0.2.7", 1), integrity);

        assertThat(StunBytes.find(answer, 0, length, 0x8022)).isNegative();
        assertThat(length).isEqualTo(20 + 12 + 24 + 8);
    }

    private static BindingCheck client() {
        return new BindingCheck("ours:theirs", PASSWORD, 99);
    }

    private static byte[] check(boolean nominate) {
        byte[] into = new byte[200];
        int length = client().writeRequest(into, ID, 1_234_567, nominate);
        return Arrays.copyOf(into, length);
    }

    private static BindingRequest decoded(byte[] message) {
        return Objects.requireNonNull(BindingRequest.decode(message, 0, message.length));
    }
}
