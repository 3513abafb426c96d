package org.maplebridge.media.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.congestion.ArrivalLog;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.simulation.SimulatedNetwork.Way;

/// A terminal's receiving half: takes its slots' streams, asks again for what is missing, reports.
///
/// Thread: the test's.
public final class SimulatedViewer implements RtcpVisitor {
    private static final long ASK_NANOS = 30_000_000L;
    private static final long FEEDBACK_NANOS = 50_000_000L;
    private static final int MOST_TRIES = 12;
    private static final int BROWSER_TRIES = 10;
    private static final long BROWSER_ASKS_AGAIN_NANOS = 100_000_000L;
    private static final long BROWSER_VIDEO_REPORT_NANOS = 1_000_000_000L;
    private static final long BROWSER_AUDIO_REPORT_NANOS = 5_000_000_000L;

    /// A socket's usual buffer of 208 KB; a packet takes a page's half of it.
    private static final int SOCKET_PACKETS = 90;

    private final int rtxPayloadType;
    private int probes;
    private final Map<Integer, ReceivedStream> streams = new HashMap<>();
    private final Map<Integer, Integer> originals = new HashMap<>();
    private final Map<Integer, TreeMap<Long, Integer>> asked = new HashMap<>();
    private Consumer<byte[]> way = datagram -> {};
    private boolean repairing = true;
    private @Nullable SplittableRandom browser;
    private final Map<Integer, Long> reportsNanos = new HashMap<>();
    private final Map<Integer, TreeMap<Long, Long>> askedNanos = new HashMap<>();
    private long nextAskNanos;
    private long nextReportNanos;
    private long nowNanos;
    private int lastReportMiddle;
    private long lastReportNanos;
    private int feedbackHeard;
    private @Nullable ArrivalLog arrivals;
    private long nextFeedbackNanos;
    private final List<byte[]> unread = new ArrayList<>();
    private final SplittableRandom steps = new SplittableRandom(11);
    private long shortestStepNanos;
    private long longestStepNanos;
    private int mostAtOnce = Integer.MAX_VALUE;
    private long readsNanos;

    public SimulatedViewer(int rtxPayloadType) {
        this.rtxPayloadType = rtxPayloadType;
    }

    public SimulatedViewer sendingTo(Way newWay) {
        way = newWay::send;
        return this;
    }

    /// Tells the relay when packets arrived, as browsers do.
    public void setFeedback(boolean now) {
        arrivals = now ? new ArrivalLog() : null;
    }

    public void expect(int ssrc, int rtxSsrc) {
        streams.put(ssrc, new ReceivedStream());
        asked.put(ssrc, new TreeMap<>());
        if (rtxSsrc != 0) {
            originals.put(rtxSsrc, ssrc);
        }
    }

    /// Reports each stream by itself, of voice every 2.5 to 7.5 s; asks again after 100 ms, ten
    /// times, for pictures alone.
    public void behaveAsBrowser(long seed) {
        browser = new SplittableRandom(seed);
    }

    /// Packets of padding alone that came.
    public int probes() {
        return probes;
    }

    public void setRepairing(boolean now) {
        repairing = now;
    }

    public ReceivedStream stream(int ssrc) {
        ReceivedStream stream = streams.get(ssrc);
        if (stream == null) {
            throw new AssertionError("no such stream");
        }
        return stream;
    }

    /// Has the machine so much to do that the terminal gets to run only now and then: what came
    /// meanwhile is read, stamped and told of then. Steps of 0 to 0 are an idle machine.
    ///
    /// @param most datagrams read in one go: one to so many, by chance
    public void starve(long shortestNanos, long longestNanos, int most) {
        shortestStepNanos = shortestNanos;
        longestStepNanos = longestNanos;
        mostAtOnce = most;
        readsNanos = Math.min(readsNanos, nowNanos + longestNanos);
    }

    private boolean runs(long now) {
        return longestStepNanos == 0 || now >= readsNanos;
    }

    private void catchUp(long now) {
        int most = longestStepNanos == 0 ? unread.size() : 1 + steps.nextInt(mostAtOnce);
        int count = Math.min(unread.size(), most);
        List<byte[]> batch = unread.subList(0, count);
        batch.forEach(datagram -> read(datagram, now));
        batch.clear();
        if (longestStepNanos > 0) {
            long step = steps.nextLong(shortestStepNanos, longestStepNanos + 1);
            readsNanos = now + (unread.isEmpty() ? step : shortestStepNanos / 4);
        }
    }

    public void receive(byte[] datagram, long now) {
        if (longestStepNanos == 0 && unread.isEmpty()) {
            read(datagram, now);
        } else if (unread.size() < SOCKET_PACKETS) {
            unread.add(datagram);
        }
    }

    private void read(byte[] datagram, long now) {
        nowNanos = now;
        if (Compound.is(datagram)) {
            int result = RtcpReader.read(datagram, 0, datagram.length, this);
            if (result < 0) {
                throw new AssertionError("the relay sent RTCP that cannot be read: " + result);
            }
            return;
        }
        RtpBytes packet = RtpBytes.parse(datagram);
        byte[] transportSeq = packet.extensions().get(Sections.IDS.transportWide());
        ArrivalLog log = arrivals;
        if (log != null && transportSeq != null) {
            log.record((transportSeq[0] & 0xff) << 8 | transportSeq[1] & 0xff, now);
        }
        Integer original = originals.get(packet.ssrc());
        if (original == null) {
            stream(packet.ssrc()).take(packet, false, now);
            return;
        }
        if (packet.payloadType() != rtxPayloadType) {
            throw new AssertionError("retransmission of type " + packet.payloadType());
        }
        byte[] payload = packet.payload();
        if (payload.length == 0) {
            probes++;
            return;
        }
        int seq16 = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        byte[] rest = java.util.Arrays.copyOfRange(payload, 2, payload.length);
        var unwrapped =
                new RtpBytes(
                        96,
                        packet.marker(),
                        seq16,
                        packet.timestamp(),
                        original,
                        packet.extensions(),
                        rest);
        stream(original).take(unwrapped, true, now);
    }

    public void tick(long now) {
        if (!runs(now)) {
            return;
        }
        nowNanos = now;
        catchUp(now);
        if (repairing && now >= nextAskNanos) {
            nextAskNanos = now + ASK_NANOS;
            streams.forEach(this::askAgain);
        }
        if (now >= nextFeedbackNanos) {
            nextFeedbackNanos = now + FEEDBACK_NANOS;
            tellArrivals();
        }
        SplittableRandom chance = browser;
        if (chance != null) {
            streams.keySet().forEach(ssrc -> reportByItself(ssrc, chance, now));
        } else if (now >= nextReportNanos) {
            nextReportNanos = now + 1_000_000_000L;
            report(now, streams.keySet());
        }
    }

    private void reportByItself(int ssrc, SplittableRandom chance, long now) {
        boolean video = originals.containsValue(ssrc);
        long every = video ? BROWSER_VIDEO_REPORT_NANOS : BROWSER_AUDIO_REPORT_NANOS;
        long due = reportsNanos.getOrDefault(ssrc, 0L);
        if (now < due) {
            return;
        }
        reportsNanos.put(ssrc, now + every / 2 + chance.nextLong(every));
        if (due > 0) {
            report(now, Set.of(ssrc));
        }
    }

    private void tellArrivals() {
        ArrivalLog log = arrivals;
        while (log != null && log.hasNews()) {
            way.accept(
                    Compound.of(writer -> {
                        writer.receiverReport(1);
                        log.writeFeedback(writer, 1, 0);
                    }));
        }
    }

    private void askAgain(int ssrc, ReceivedStream stream) {
        if (browser != null && !originals.containsValue(ssrc)) {
            return;
        }
        TreeMap<Long, Integer> tries = asked.get(ssrc);
        int most = browser == null ? MOST_TRIES : BROWSER_TRIES;
        var holes =
                stream.holes().stream()
                        .filter(seq -> browser == null || asksAgain(ssrc, seq))
                        .filter(seq -> tries == null || tries.merge(seq, 1, Integer::sum) <= most)
                        .limit(200)
                        .mapToInt(seq -> (int) (seq & 0xffff))
                        .toArray();
        if (holes.length > 0) {
            way.accept(
                    Compound.of(writer -> {
                        writer.receiverReport(1);
                        writer.nack(1, ssrc, holes, 0, holes.length);
                    }));
        }
    }

    private boolean asksAgain(int ssrc, long seq) {
        TreeMap<Long, Long> last = askedNanos.computeIfAbsent(ssrc, of -> new TreeMap<>());
        boolean again = nowNanos - last.getOrDefault(seq, 0L) >= BROWSER_ASKS_AGAIN_NANOS;
        if (again) {
            last.put(seq, nowNanos);
        }
        return again;
    }

    private void report(long now, Set<Integer> of) {
        way.accept(
                Compound.of(writer -> {
                    writer.receiverReport(1);
                    int delay = (int) ((now - lastReportNanos << 16) / 1_000_000_000L);
                    of.forEach(ssrc ->
                            writer.reportBlock(
                                    ssrc,
                                    RtcpWriter.lost(stream(ssrc).fractionLost(), 0),
                                    0,
                                    0,
                                    lastReportMiddle,
                                    delay));
                }));
    }

    public void askForKeyFrame(int ssrc) {
        way.accept(
                Compound.of(writer -> {
                    writer.receiverReport(1);
                    writer.pictureLoss(1, ssrc);
                }));
    }

    public void ask(int ssrc, int... seqs) {
        way.accept(
                Compound.of(writer -> {
                    writer.receiverReport(1);
                    writer.nack(1, ssrc, seqs, 0, seqs.length);
                }));
    }

    @Override
    public void senderReport(
            int ssrc, long ntpTime, int rtpTimestamp, int packetCount, int octetCount) {
        stream(ssrc).report(new ReceivedStream.Report(ntpTime, rtpTimestamp, nowNanos));
        lastReportMiddle = (int) (ntpTime >>> 16);
        lastReportNanos = nowNanos;
    }

    @Override
    public void transportFeedback(int senderSsrc, byte[] data, int offset, int length) {
        feedbackHeard++;
    }

    public int feedbackHeard() {
        return feedbackHeard;
    }
}
