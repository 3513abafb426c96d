package org.maplebridge.load.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.maplebridge.load.client.Fleet;

/// What one audience cost.
///
/// @param packets opened by all receivers
/// @param bareMicros CPU of a bare sendmmsg loop for one of the same packets, one message each
/// @param bareSegmentsMicros the same, runs of equal length as one message
/// @param kernelMicros of [#cpuMicros], what the kernel says it spent itself
/// @param sealMicros CPU of encrypting alone one of the same packets
/// @param together datagrams of one receiver that left in one step, in the mean
/// @param perMessage datagrams of one message to the kernel, in the mean
record RelayRow(
        String kind,
        int audience,
        long packets,
        double cpuMicros,
        double lossPercent,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double allocatedBytes,
        double residentMebibytes,
        double bareMicros,
        double bareSegmentsMicros,
        double kernelMicros,
        double sealMicros,
        double together,
        double perMessage,
        String sender,
        String cipher) {
    static final String HEADER =
            String.format(
                    Locale.ROOT,
                    "%-6s %9s %9s %9s %8s %9s %9s %9s %9s %8s %9s %9s %9s %7s %7s %7s %5s",
                    "kind",
                    "receivers",
                    "packets",
                    "µs/pkt",
                    "loss %",
                    "p50 µs",
                    "p99 µs",
                    "p99.9 µs",
                    "B/pkt",
                    "RSS MiB",
                    "bare µs",
                    "bare+GSO",
                    "kernel µs",
                    "seal µs",
                    "ours µs",
                    "step",
                    "msg");

    /// What the relay itself needs: neither the kernel nor the cipher, all other threads included.
    double ownMicros() {
        return cpuMicros - kernelMicros - sealMicros;
    }

    static RelayRow of(
            String kind,
            int audience,
            long cpuNanos,
            long kernelNanos,
            Fleet.Window window,
            ServerFigures before,
            ServerFigures after,
            double resident,
            double bareMicros,
            double bareSegmentsMicros,
            double sealMicros) {
        double packets = Math.max(window.received(), 1);
        ServerFigures spent = after.minus(before);
        return new RelayRow(
                kind,
                audience,
                window.received(),
                cpuNanos / packets / 1_000,
                100.0 * window.missing() / (packets + window.missing()),
                window.delays().percentileMicros(0.5),
                window.delays().percentileMicros(0.99),
                window.delays().percentileMicros(0.999),
                spent.number("allocated") / packets,
                resident,
                bareMicros,
                bareSegmentsMicros,
                kernelNanos / packets / 1_000,
                sealMicros,
                spent.ratio("datagrams", "turns"),
                spent.ratio("datagrams", "messages"),
                after.text("sender"),
                after.text("cipher"));
    }

    String asLine() {
        return String.format(
                Locale.ROOT,
                "%-6s %9d %9d %9.2f %8.3f %9.0f %9.0f %9.0f %9.0f %8.0f %9.2f %9.2f"
                        + " %9.2f %7.2f %7.2f %7.2f %5.2f",
                kind,
                audience,
                packets,
                cpuMicros,
                lossPercent,
                p50Micros,
                p99Micros,
                p999Micros,
                allocatedBytes,
                residentMebibytes,
                bareMicros,
                bareSegmentsMicros,
                kernelMicros,
                sealMicros,
                ownMicros(),
                together,
                perMessage);
    }

    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("kind", kind);
        map.put("receivers", audience);
        map.put("packets", packets);
        map.put("cpu_us_per_packet", cpuMicros);
        map.put("loss_pct", lossPercent);
        map.put("forward_p50_us", p50Micros);
        map.put("forward_p99_us", p99Micros);
        map.put("forward_p999_us", p999Micros);
        map.put("alloc_bytes_per_packet", allocatedBytes);
        map.put("rss_mb", residentMebibytes);
        map.put("bare_us_per_packet", bareMicros);
        map.put("bare_gso_us_per_packet", bareSegmentsMicros);
        map.put("kernel_us_per_packet", kernelMicros);
        map.put("seal_us_per_packet", sealMicros);
        map.put("own_us_per_packet", ownMicros());
        map.put("packets_per_step", together);
        map.put("packets_per_message", perMessage);
        map.put("sender", sender);
        map.put("cipher", cipher);
        return map;
    }
}
