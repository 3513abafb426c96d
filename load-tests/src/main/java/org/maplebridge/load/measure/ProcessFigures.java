package org.maplebridge.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the kernel says of a process: processor time, memory, threads, descriptors. Linux only.
public final class ProcessFigures {
    private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 on every Linux

    private final Path folder;

    public ProcessFigures(long pid) {
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /// Time on a processor in user and kernel mode, all threads, ended ones included.
    public long cpuNanos() throws IOException {
        String[] fields = stat();
        return ticks(fields[11]) + ticks(fields[12]);
    }

    /// The part of [#cpuNanos] that was spent in the kernel.
    public long kernelNanos() throws IOException {
        return ticks(stat()[12]);
    }

    /// Time that a JVM's own compiler has taken, by those of its threads that still live; 0 for
    /// other programs.
    public long compilerNanos() throws IOException {
        long nanos = 0;
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            for (Path thread : threads.toList()) {
                nanos += compilerNanos(thread);
            }
        }
        return nanos;
    }

    private static long compilerNanos(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).contains(" Compiler")
                    ? Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", -1)[0])
                    : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long ticks(String field) {
        return Long.parseLong(field) * NANOS_PER_TICK;
    }

    private String[] stat() throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        // The second field is the name in brackets and may hold anything, blanks too.
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    public double residentMebibytes() throws IOException {
        return status("VmRSS:") / 1_024.0;
    }

    public long threads() throws IOException {
        return status("Threads:");
    }

    /// Files, sockets and whatever else has a descriptor.
    public long openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
            return descriptors.count();
        }
    }

    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}
