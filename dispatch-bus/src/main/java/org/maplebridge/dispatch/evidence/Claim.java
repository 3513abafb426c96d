package org.maplebridge.dispatch.evidence;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody says they are going to send, before a byte of it has come.
///
/// @param sha256 lower-case hex, taken on the device
///
///   Pure.
public record Claim(EvidenceType type, long bytes, String sha256) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_NAME_CHARS = 255;

    /// As it came over the wire, in the order in which it is looked at.
    ///
    /// @param name of the file on the device; looked at and forgotten
    public record Said(String type, long bytes, String sha256, @Nullable String name) {}

    /// @return what is wrong with it, if anything is
    public static Optional<EvidenceFault> fault(Said said) {
        if (said.name() != null && isPlace(said.name())) {
            return Optional.of(EvidenceFault.BAD_NAME);
        }
        Optional<EvidenceType> type = EvidenceType.of(said.type());
        if (type.isEmpty()) {
            return Optional.of(EvidenceFault.UNSUPPORTED_TYPE);
        }
        if (said.bytes() < 1 || !SHA_256.matcher(said.sha256()).matches()) {
            return Optional.of(EvidenceFault.MALFORMED);
        }
        return said.bytes() > type.get().mostBytes()
                ? Optional.of(EvidenceFault.TOO_LARGE)
                : Optional.empty();
    }

    /// Of what has no [#fault].
    public static Claim of(Said said) {
        return new Claim(EvidenceType.of(said.type()).orElseThrow(), said.bytes(), said.sha256());
    }

    private static boolean isPlace(String name) {
        return name.isBlank()
                || name.length() > MAX_NAME_CHARS
                || name.equals(".")
                || name.contains("..")
                || name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
