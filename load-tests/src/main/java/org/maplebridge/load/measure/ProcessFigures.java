package org.maplebridge.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel says of a process: processor time and memory. Linux only.
public final class ProcessFigures {
    private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 on every Linux

    private final Path folder;

    public ProcessFigures(long pid) {
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /// Time on a processor in user and kernel mode, all threads, ended ones included.
    public long cpuNanos() throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        // The second field is the name in brackets and may hold anything, blanks too.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }

    public double residentMebibytes() throws IOException {
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024.0;
            }
        }
        return 0;
    }
}
