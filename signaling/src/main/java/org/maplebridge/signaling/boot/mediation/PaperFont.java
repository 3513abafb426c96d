package org.maplebridge.signaling.boot.mediation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a font with Chinese on this machine.
final class PaperFont {
    /// Where Debian, RHEL and their relatives keep Noto and Droid; the third of Noto's collection
    /// is Simplified Chinese.
    private static final List<String> USUAL =
            List.of(
                    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc,2",
                    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc,2",
                    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc,2",
                    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc,2",
                    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
                    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc,0",
                    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc,0");

    private PaperFont() {}

    /// @param wanted empty for the first of the usual places
    static @Nullable String find(String wanted) {
        var places = wanted.isEmpty() ? USUAL : List.of(wanted);
        return places.stream()
                .filter(place -> Files.isReadable(Path.of(place.replaceAll(",\\d+$", ""))))
                .findFirst()
                .orElse(null);
    }
}
