package org.maplebridge.signaling.evidence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UserId;

/// Lets the page of one person show one picture for some minutes, where a browser asks by itself
/// and shows no token. A ticket is the same for a while, so that the browser need not ask again. It
/// names a person and proves who that is; what the person may see is looked at each time.
///
/// Thread: any, immutable.
public final class EvidenceTickets {
    /// A ticket holds for one to two of these.
    static final Duration HOLDS = Duration.ofMinutes(15);

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    /// @param secret the same on all nodes
    public EvidenceTickets(byte[] secret) {
        key = mac(secret, "pictures of evidence, for a while");
    }

    /// @param shown what it is, the same for whoever is shown it
    public String ticket(String shown, UserId person, Instant now) {
        long until = now.getEpochSecond() / HOLDS.toSeconds() + 2;
        return until + "." + person + "." + proof(shown, person.value(), until);
    }

    /// @return whose ticket it is, if it holds
    public Optional<UserId> holder(String shown, String ticket, Instant now) {
        int first = ticket.indexOf('.');
        int last = ticket.lastIndexOf('.');
        if (first < 1 || first > 12 || last <= first + 1) {
            return Optional.empty();
        }
        String person = ticket.substring(first + 1, last);
        String number = ticket.substring(0, first);
        if (!Ids.isValid(person) || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long until = Long.parseLong(number);
        boolean holds =
                now.getEpochSecond() < until * HOLDS.toSeconds()
                        && MessageDigest.isEqual(
                                ascii(ticket.substring(last + 1)),
                                ascii(proof(shown, person, until)));
        return holds ? Optional.of(new UserId(person)) : Optional.empty();
    }

    private String proof(String shown, String person, long until) {
        return HexFormat.of().formatHex(mac(key, shown + "\n" + person + "\n" + until));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(ascii(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
