package org.maplebridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.dtls.HandshakePair.await;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.Datagrams;

class DtlsHandshakeTest {
    private final HandshakePair pair = new HandshakePair();

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void bothSidesTakeAwayTheSameKeys(SrtpProfile profile) {
        pair.profiles = List.of(profile);
        pair.start();

        SrtpKeys server = await(pair.serverKeys);
        SrtpKeys client = await(pair.clientKeys);
        assertThat(server.profile()).isEqualTo(profile);
        assertThat(server.localKey()).hasSize(profile.keyLength()).isEqualTo(client.remoteKey());
        assertThat(server.localSalt()).hasSize(profile.saltLength()).isEqualTo(client.remoteSalt());
        assertThat(server.remoteKey()).isEqualTo(client.localKey()).isNotEqualTo(server.localKey());
        assertThat(server.remoteSalt()).isEqualTo(client.localSalt());
    }

    @Test
    void ourOrderOfProfilesDecides() {
        pair.profiles = List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM);
        pair.start();

        assertThat(await(pair.serverKeys).profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    }

    @Test
    void aCertificateTheOfferDidNotPromiseEndsTheHandshakeWithoutKeys() {
        pair.serverExpects = DtlsCertificate.generate().fingerprint();
        pair.start();

        assertThat(await(pair.serverEnd)).isEqualTo(DtlsEnd.FINGERPRINT_MISMATCH);
        assertThat(await(pair.clientEnd)).isEqualTo(DtlsEnd.HANDSHAKE_FAILED);
        assertThat(pair.serverKeys).isNotDone();
        assertThat(pair.clientKeys).isNotDone();
    }

    @Test
    void aClientNoticesAnotherServerToo() {
        pair.clientExpects = DtlsCertificate.generate().fingerprint();
        pair.start();

        assertThat(await(pair.clientEnd)).isEqualTo(DtlsEnd.FINGERPRINT_MISMATCH);
        assertThat(await(pair.serverEnd)).isEqualTo(DtlsEnd.HANDSHAKE_FAILED);
        assertThat(pair.serverKeys).isNotDone();
    }

    @Test
    void fingerprintsAreTheSameInEitherCase() {
        String value = pair.clientCertificate.fingerprint().toString();
        pair.serverExpects =
                Fingerprint.parse(
                                value.replace("sha", "SHA")
                                        .toLowerCase(Locale.ROOT)
                                        .replace("sha-256", "Sha-256"))
                        .orElseThrow();
        pair.start();

        assertThat(await(pair.serverKeys)).isNotNull();
    }

    @Test
    void lostFlightsAreSentAgain() {
        pair.lostToServer = n -> n == 0 || n == 3;
        pair.lostToClient = n -> n == 0 || n == 3;
        pair.start();

        assertThat(await(pair.serverKeys).localKey()).isEqualTo(await(pair.clientKeys).remoteKey());
    }

    @Test
    void aClientThatMissedTheLastFlightGetsItAgain() {
        // Datagrams to the client: hello flight, then the last flight.
        pair.lostToClient = n -> n == 2 || n == 1;
        pair.start();

        await(pair.serverKeys);
        assertThat(await(pair.clientKeys)).isNotNull();
    }

    @Test
    void goodbyeOfThePeerEndsTheAssociation() {
        pair.start();
        await(pair.serverKeys);
        await(pair.clientKeys);
        pair.client().close();

        assertThat(await(pair.serverEnd)).isEqualTo(DtlsEnd.PEER_CLOSED);
        assertThat(await(pair.clientEnd)).isEqualTo(DtlsEnd.CLOSED);
    }

    @Test
    void goodbyeOfTheServerReachesThePeer() {
        pair.start();
        await(pair.serverKeys);
        await(pair.clientKeys);
        pair.server().close();

        assertThat(await(pair.clientEnd)).isEqualTo(DtlsEnd.PEER_CLOSED);
    }

    @Test
    void junkBetweenTheRecordsHurtsNothing() {
        pair.start();
        byte[] junk = new byte[Datagrams.MAX_LENGTH];
        for (int i = 0; i < junk.length; i++) {
            junk[i] = (byte) (i * 31);
        }
        junk[0] = 22;
        pair.server().feed(junk, 0, junk.length);
        pair.server().feed(junk, 0, 1);
        pair.server().feed(junk, 0, 13);

        assertThat(await(pair.serverKeys)).isNotNull();
        pair.server().feed(junk, 0, 100);
        pair.client().close();
        assertThat(await(pair.serverEnd)).isEqualTo(DtlsEnd.PEER_CLOSED);
    }

    @Test
    void aClosedHandshakeEndsAtOnce() {
        var lonely =
                DtlsHandshake.server(
                        pair.serverCertificate,
                        pair.serverExpects,
                        out -> {
                            if (out instanceof DtlsOutput.Ended(DtlsEnd end)) {
                                pair.serverEnd.complete(end);
                            }
                        });
        lonely.close();

        assertThat(await(pair.serverEnd)).isEqualTo(DtlsEnd.CLOSED);
    }
}
