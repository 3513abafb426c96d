package org.maplebridge.signaling.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.IceServer;

/// The STUN and TURN servers that clients are told of. A TURN server that shares a secret with the
/// nodes is given with credentials of the client's own, good for a while: user name `expiry:name`,
/// password HMAC-SHA1 of it (draft-uberti-behave-turn-rest-00 §2.2; coturn's `use-auth-secret`).
/// What is copied from a page is worthless tomorrow, and the TURN server counts for each person.
///
/// Thread: any, immutable.
public final class IceServers {
    private static final String MAC = "HmacSHA1";

    private final List<IceServer> fixed;
    private final @Nullable Turn turn;

    /// @param urls `turn:` and `turns:` (RFC 7065)
    /// @param lasts how long a client may use it before it must ask again
    public record Turn(List<String> urls, String secret, Duration lasts) {
        public Turn {
            urls = List.copyOf(urls);
        }
    }

    /// @param fixed the same for everybody
    public IceServers(List<IceServer> fixed, @Nullable Turn turn) {
        this.fixed = List.copyOf(fixed);
        this.turn = turn;
    }

    /// @param who whose name the TURN server writes into its log
    public List<IceServer> of(String who, Instant now) {
        if (turn == null) {
            return fixed;
        }
        var user = now.plus(turn.lasts()).getEpochSecond() + ":" + who;
        var all = new ArrayList<>(fixed);
        all.add(new IceServer(turn.urls(), user, sealed(user, turn.secret())));
        return List.copyOf(all);
    }

    private static String sealed(String user, String secret) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), MAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }
}
