package org.maplebridge.media.srtp;

import java.util.Arrays;

/// Master keys and salts of one leg, as a DTLS handshake leaves them. Prints no secret.
///
/// The arrays are not copied: whoever makes them hands them over.
@SuppressWarnings("ArrayRecordComponent") // never compared; copies would only spread the secret
public record SrtpKeys(
        SrtpProfile profile,
        byte[] localKey,
        byte[] localSalt,
        byte[] remoteKey,
        byte[] remoteSalt) {
    /// Bytes to export under [#EXPORTER_LABEL] for a profile.
    public static int exportedLength(SrtpProfile profile) {
        return 2 * (profile.keyLength() + profile.saltLength());
    }

    /// RFC 5764 §4.2.
    public static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

    /// Cuts exported keying material: client key, server key, client salt, server salt (RFC 5764
    /// §4.2).
    ///
    /// @param server whether the local side is the DTLS server
    public static SrtpKeys ofExported(SrtpProfile profile, byte[] exported, boolean server) {
        int key = profile.keyLength();
        int salt = profile.saltLength();
        byte[] clientKey = Arrays.copyOfRange(exported, 0, key);
        byte[] serverKey = Arrays.copyOfRange(exported, key, 2 * key);
        byte[] clientSalt = Arrays.copyOfRange(exported, 2 * key, 2 * key + salt);
        byte[] serverSalt = Arrays.copyOfRange(exported, 2 * key + salt, 2 * (key + salt));
        return server
                ? new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt)
                : new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt);
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
