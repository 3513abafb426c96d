package org.maplebridge.signaling.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.maplebridge.dispatch.intake.Allowance;

/// How much people without an account may ask of this node: reports for each code and for each
/// address, and looks at what became of them for each address. A node counts by itself.
///
/// Thread: any.
public final class PublicAllowance {
    /// A page asks every few seconds while somebody waits; a town hall has one address.
    private static final int LOOKS_PER_MINUTE = 120;

    /// Pictures and videos that are announced: of a few reports from one address, or again and
    /// again by one telephone whose line is bad.
    private static final int UPLOADS_PER_HOUR = 120;

    /// Pieces of them, and questions how far they are.
    private static final int PIECES_PER_MINUTE = 240;

    /// More codes than a county hangs up, more addresses than scan them within an hour.
    private static final int NAMES = 20_000;

    /// One subscriber has all of it (RFC 6177).
    private static final int IPV6_PREFIX_BYTES = 8;

    private final Allowance byCode;
    private final Allowance byAddress;
    private final Allowance looks =
            new Allowance(
                    LOOKS_PER_MINUTE, Duration.ofMinutes(1).dividedBy(LOOKS_PER_MINUTE), NAMES);
    private final Allowance uploads = hourly(UPLOADS_PER_HOUR);
    private final Allowance pieces =
            new Allowance(
                    PIECES_PER_MINUTE, Duration.ofMinutes(1).dividedBy(PIECES_PER_MINUTE), NAMES);
    private final LongSupplier nanoClock;

    /// @param codeReports of one code within an hour
    /// @param addressReports of one address within an hour
    public PublicAllowance(int codeReports, int addressReports, LongSupplier nanoClock) {
        this.byCode = hourly(codeReports);
        this.byAddress = hourly(addressReports);
        this.nanoClock = nanoClock;
    }

    private static Allowance hourly(int reports) {
        return new Allowance(reports, Duration.ofHours(1).dividedBy(reports), NAMES);
    }

    /// @return zero when a report may be made now, else how long to wait
    public Duration report(String code, String address) {
        long now = nanoClock.getAsLong();
        long wait = byAddress.takeNanos(subscriber(address), now);
        return Duration.ofNanos(wait > 0 ? wait : byCode.takeNanos(code, now));
    }

    /// @return zero when something may be looked at now, else how long to wait
    public Duration look(String address) {
        return Duration.ofNanos(looks.takeNanos(subscriber(address), nanoClock.getAsLong()));
    }

    /// @return zero when a picture may be announced now, else how long to wait
    public Duration upload(String address) {
        return Duration.ofNanos(uploads.takeNanos(subscriber(address), nanoClock.getAsLong()));
    }

    /// @return zero when a piece of one may come now, else how long to wait
    public Duration piece(String address) {
        return Duration.ofNanos(pieces.takeNanos(subscriber(address), nanoClock.getAsLong()));
    }

    /// Who counts as one: an address, or all addresses that one subscriber has.
    ///
    /// @param address a literal, as the connection has it
    public static String subscriber(String address) {
        try {
            var parsed = InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", ""));
            return parsed instanceof Inet6Address
                    ? HexFormat.of()
                            .formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_PREFIX_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
