package org.maplebridge.media.link;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;

/// What the two ends of a link agreed on, as one of them sees it. Prints no secret.
///
/// @param first whether our public key is the lower one: what must differ between the directions
///   differs by this
/// @param ourPassword seals checks the other end sends, and our answers
/// @param theirPassword seals checks we send, and the answers to them
/// @param streams random bits that all SSRCs of the link begin with
record LinkKeys(
        SrtpKeys srtp, boolean first, String ourPassword, String theirPassword, int streams) {
    static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

    private static final int PASSWORD_BYTES = 18;

    /// Keys and salts of both directions, both passwords, the beginning of all SSRCs.
    static final int LENGTH = SrtpKeys.exportedLength(PROFILE) + 2 * PASSWORD_BYTES + 4;

    /// @param agreed [#LENGTH] bytes that are nobody else's
    static LinkKeys of(byte[] agreed, boolean first) {
        var bytes = ByteBuffer.wrap(agreed);
        byte[] exported = new byte[SrtpKeys.exportedLength(PROFILE)];
        bytes.get(exported);
        String firsts = password(bytes);
        String seconds = password(bytes);
        return new LinkKeys(
                SrtpKeys.ofExported(PROFILE, exported, !first),
                first,
                first ? firsts : seconds,
                first ? seconds : firsts,
                bytes.getInt());
    }

    private static String password(ByteBuffer from) {
        byte[] password = new byte[PASSWORD_BYTES];
        from.get(password);
        return Base64.getEncoder().encodeToString(password);
    }

    @Override
    public String toString() {
        return "LinkKeys[***]";
    }
}
