package org.maplebridge.signaling.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of ground in a folder, read anew when one of them has changed: a technician who puts
/// one there sees it with the next opening of the map. A file that cannot be used is left out and
/// named in the log.
///
/// Thread: any.
public final class GroundFolder {
    private static final Logger LOG = LoggerFactory.getLogger(GroundFolder.class);
    private static final int MOST_FILES = 20;
    private static final long MOST_BYTES = 20 * 1_024 * 1_024;

    private final Path folder;
    private final Function<byte[], Ground> reader;
    private final Ground otherwise;
    private Map<Path, Long> seen = Map.of();
    private Ground ground;

    /// @param reader throws IllegalArgumentException with a sentence
    /// @param otherwise where the folder has none
    public GroundFolder(Path folder, Function<byte[], Ground> reader, Ground otherwise) {
        this.folder = folder;
        this.reader = reader;
        this.otherwise = otherwise;
        this.ground = otherwise;
    }

    public synchronized Ground ground() {
        var now = files();
        if (!now.equals(seen)) {
            seen = now;
            ground = now.isEmpty() ? otherwise : read(List.copyOf(now.keySet()));
        }
        return ground;
    }

    private Ground read(List<Path> files) {
        var all = new Ground(List.of());
        for (var file : files) {
            try {
                if (Files.size(file) > MOST_BYTES) {
                    throw new IllegalArgumentException("is above 20 MB: simplify the file");
                }
                all = all.with(reader.apply(Files.readAllBytes(file)));
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("map: {} is left out, it {}", file, e.getMessage());
            }
        }
        return all;
    }

    /// With when each was written last.
    private Map<Path, Long> files() {
        var found = new TreeMap<Path, Long>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".geojson"))
                    .sorted()
                    .limit(MOST_FILES)
                    .forEach(file -> found.put(file, file.toFile().lastModified()));
        } catch (IOException _) {
            // no folder: no files
        }
        return found;
    }
}
