package org.maplebridge.load.soak;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.NodeMemory;
import org.maplebridge.load.measure.ProcessFigures;

/// What a node holds after a round, garbage thrown away.
///
/// @param heapMib live objects
/// @param directMib buffers outside of the heap that Java counts
/// @param nativeMib all that is resident outside of the heap, without classes and compiled code
record Sample(double heapMib, double directMib, double nativeMib, double files, double threads) {
    static Sample of(long pid, NodeDoor door) throws IOException {
        var memory = NodeMemory.of(pid, door);
        var process = new ProcessFigures(pid);
        var figures = door.figures();
        double heapOfAll = figures.sumWith("jvm_memory_committed_bytes", "area=\"heap\"");
        return new Sample(
                memory.heapKib() / 1_024,
                figures.sumWith("jvm_buffer_memory_used_bytes", "id=\"direct\"") / 1_048_576,
                memory.nativeKib() / 1_024 - heapOfAll / 1_048_576,
                process.openFiles(),
                process.threads());
    }

    Map<String, Double> byName() {
        var named = new LinkedHashMap<String, Double>();
        named.put("heap_mib", heapMib);
        named.put("direct_mib", directMib);
        named.put("native_mib", nativeMib);
        named.put("files", files);
        named.put("threads", threads);
        return named;
    }
}
