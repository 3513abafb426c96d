package org.maplebridge.load.county;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.maplebridge.load.measure.ProcessFigures;

/// What a node keeps in memory once it has thrown away what it does not need.
///
/// The node's heap is fixed and wholly resident, so what changes of its resident memory lies
/// outside of the heap: buffers, sockets' keys, threads; classes and compiled code are taken off,
/// since they grow with the server's age and not with its users.
///
/// @param heapKib live objects after a full collection
/// @param nativeKib outside of the heap, without classes and compiled code
/// @param residentKib all that the kernel counts
public record NodeMemory(double heapKib, double nativeKib, double residentKib) {
    public static final String FLAGS = "-Xms1g -Xmx1g -XX:+AlwaysPreTouch";

    public static NodeMemory of(long pid, NodeDoor door) throws IOException {
        collect(pid);
        NodeFigures figures = door.figures();
        double residentKib = new ProcessFigures(pid).residentMebibytes() * 1_024;
        double codeKib = figures.sumWith("jvm_memory_committed_bytes", "area=\"nonheap\"") / 1_024;
        return new NodeMemory(
                figures.sumWith("jvm_memory_used_bytes", "area=\"heap\"") / 1_024,
                residentKib - codeKib,
                residentKib);
    }

    private static void collect(long pid) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process =
                new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("the node cannot be asked to collect its garbage");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Per head of `heads` that came between `before` and this.
    public NodeMemory perHead(NodeMemory before, int heads) {
        return new NodeMemory(
                (heapKib - before.heapKib) / heads,
                (nativeKib - before.nativeKib) / heads,
                (residentKib - before.residentKib) / heads);
    }

    public double kib() {
        return heapKib + nativeKib;
    }
}
