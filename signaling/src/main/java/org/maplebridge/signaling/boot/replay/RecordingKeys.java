package org.maplebridge.signaling.boot.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.signaling.boot.PrivateFile;
import org.maplebridge.signaling.boot.StartRefused;

/// The master keys of recordings, a line `NAME HEX` each: the first one seals what this node
/// records, all of them open what is seen again.
///
/// @param all at least one
record RecordingKeys(List<RecordingKey> all) {
    private static final int KEY_BYTES = 32;
    private static final int NAME_BYTES = 4;

    RecordingKeys {
        all = List.copyOf(all);
    }

    /// Made at the first start; whoever loses it loses all recordings.
    static RecordingKeys in(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, random(NAME_BYTES) + " " + random(KEY_BYTES) + "\n");
        }
        var keys = new ArrayList<RecordingKey>();
        for (String line : Files.readString(file).lines().toList()) {
            if (!line.isBlank()) {
                keys.add(key(file, line.strip(), keys.size() + 1));
            }
        }
        if (keys.isEmpty()) {
            throw none(file, 1, null);
        }
        return new RecordingKeys(keys);
    }

    private static RecordingKey key(Path file, String line, int number) {
        String[] parts = line.split("\\s+", 2);
        try {
            byte[] secret = HexFormat.of().parseHex(parts[parts.length - 1]);
            if (parts.length != 2 || secret.length != KEY_BYTES) {
                throw none(file, number, null);
            }
            return new RecordingKey(parts[0], secret);
        } catch (IllegalArgumentException e) {
            throw none(file, number, e);
        }
    }

    private static StartRefused none(Path file, int line, @Nullable Exception why) {
        return new StartRefused(
                "Recordings cannot be sealed by " + file + ": its key " + line + " is none.",
                "Each line is a name and 32 bytes in hexadecimal. Restore it from the backup.",
                why);
    }

    private static String random(int bytes) {
        byte[] some = new byte[bytes];
        new SecureRandom().nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    RecordingKey own() {
        return all.getFirst();
    }
}
