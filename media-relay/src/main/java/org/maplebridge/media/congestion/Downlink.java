package org.maplebridge.media.congestion;

import org.jspecify.annotations.Nullable;

/// What the way to one peer bears, and which of its pictures' packets may leave now.
///
/// It is open until packets wait on the way or are lost there: everything leaves as it comes, and
/// is only noted. From then on it is paced: voice leaves as before, pictures have what the link
/// bears beside it. It opens again when it was found good for clearly more than is sent.
///
/// Told by transport-wide feedback; by receiver reports where a peer gives none.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
public final class Downlink {
    /// "This packet carries no transport-wide number."
    public static final int NO_NUMBER = -1;

    /// Of a packet that only probes, with its header and tag.
    public static final int PADDING_BYTES = PaddingProbe.BYTES;

    /// Voice alone is not counted: its feedback would be half as many packets again.
    static final long COUNTED_NANOS = 2_000_000_000L;

    /// UDP and IPv4 headers, which links carry too.
    static final int DATAGRAM_BYTES = 28;

    /// What encoders make of a picture that needs more than one packet.
    private static final int LARGEST_BYTES = 1_200 + DATAGRAM_BYTES;

    /// What voice may be going to wait behind on an open link.
    static final long OPEN_BACKLOG_NANOS = 60_000_000L;

    /// Few packets tell nothing of the link's speed: they must wait so long, and arrive so slowly
    /// with others behind them, to count.
    static final long UNMEASURED_SERVING_MICROS = 150_000;

    static final long UNMEASURED_MICROS = 100_000;

    /// A decrease shows after a round trip, a feedback interval and the queue's end.
    static final long DECREASE_SHOWS_NANOS = 300_000_000L;

    /// What a link passes on must be of the estimate for the estimate not to fill it.
    private static final double CLEARLY = 1.3;

    /// And what must arrive of the estimate for a wait to be its fault.
    private static final double PRESSED = 0.5;

    /// Pictures are of different sizes: half a second of them tells their rate to a tenth.
    private static final double NEARLY = 1.15;

    /// Voices and the lowest kind of picture, in bit/s: of less than that a question whether the
    /// link is overfull would leave no picture to ask it with.
    static final long LEAST_BITS = 500_000;

    /// A queue that stands so long makes loss its own.
    private static final long LEAST_STANDING_MICROS = 30_000;

    /// What waits asks more often.
    private static final long ASKS_NANOS = 20_000_000L;

    /// After so long without feedback, reports count again.
    static final long FEEDBACK_LASTS_NANOS = 3_000_000_000L;

    /// Between nodes everybody's pictures depend on it, and where nodes stand no way is narrower:
    /// what looks like it is a machine that has too much to do. In bit/s.
    private static final long BETWEEN_NODES_FLOOR = 1_000_000;

    private final RateControl rates;
    private final Bottleneck link = new Bottleneck();
    private final Patience patience = new Patience();
    private final Opening opening = new Opening();
    private final ReportWatch reports = new ReportWatch();
    private final VoiceClock voices = new VoiceClock();
    private final UsableShare usable = new UsableShare();
    private final SecondTry tries = new SecondTry();
    private final Probation probation = new Probation();
    private final PaddingProbe padding = new PaddingProbe();
    private final LossLevel losses = new LossLevel();
    private final CountedRate sentRate = new CountedRate();

    private @Nullable SentPackets numbered;
    private boolean numberTaken;

    /// First times only: what must be repeated is the loss' fault.
    private long sentBytes;

    private boolean anyPicture;
    private long pictureNanos;

    // Of a picture's packet that is to leave.
    private boolean asked;
    private long firstAskedNanos;
    private long askedNanos;

    private boolean paced;
    private boolean bearable = true;
    private boolean decreased;
    private long drainedNanos;
    private long estimateBeforeLoss;
    private boolean anyFeedback;
    private long feedbackNanos;

    private Downlink(RateControl rates) {
        this.rates = rates;
    }

    /// To a person's terminal or an encoder.
    public static Downlink toPeer() {
        return new Downlink(new RateControl());
    }

    public static Downlink toNode() {
        return new Downlink(new RateControl(BETWEEN_NODES_FLOOR));
    }

    /// The transport-wide number of a picture's packet about to leave.
    public int pictureNumber() {
        SentPackets log = numbered;
        if (log == null) {
            log = new SentPackets();
            numbered = log;
        }
        numberTaken = true;
        return log.number();
    }

    /// The transport-wide number of a voice packet about to leave, or [#NO_NUMBER] while there is
    /// no picture beside it.
    public int voiceNumber(long nowNanos) {
        return told(nowNanos) ? pictureNumber() : NO_NUMBER;
    }

    /// Whether what leaves is told of.
    private boolean told(long nowNanos) {
        return padding.tells() || showsPicture(nowNanos);
    }

    private boolean showsPicture(long nowNanos) {
        return anyPicture && nowNanos - pictureNanos < COUNTED_NANOS;
    }

    /// A picture's packet left, under the number taken last if there was one.
    ///
    /// @param length of the SRTP packet
    public void pictureLeft(int length, long nowNanos) {
        if (!showsPicture(nowNanos)) {
            feedbackNanos = nowNanos; // there was nothing to tell of
        }
        anyPicture = true;
        pictureNanos = nowNanos;
        left(length + DATAGRAM_BYTES, nowNanos);
        if (paced) {
            usable.left(length + DATAGRAM_BYTES);
            probation.left(length + DATAGRAM_BYTES, nowNanos);
        }
    }

    /// A picture's packet left that had left before.
    public void repeatLeft(int length, long nowNanos) {
        pictureLeft(length, nowNanos);
        sentBytes -= length + DATAGRAM_BYTES;
    }

    /// A packet of padding left: no picture's, but the way makes of it what it makes of those.
    public void paddingLeft(int length, long nowNanos) {
        if (!told(nowNanos)) {
            feedbackNanos = nowNanos; // there was nothing to tell of
        }
        padding.left();
        left(length + DATAGRAM_BYTES, nowNanos);
    }

    /// Whether pictures are wanted and none flows: then padding tells what the way bears, up to
    /// where a picture finds a place in any case.
    public void probe(boolean now) {
        padding.want(now && paced && anyFeedback && rates.estimate() < LEAST_BITS);
    }

    /// Whether [#admitsPadding] is to be asked by the clock too.
    public boolean probing() {
        return padding.wanted();
    }

    /// Whether a packet of padding is to leave now.
    public boolean admitsPadding(long nowNanos) {
        return padding.wanted() && link.idle(nowNanos) && !coarse(nowNanos);
    }

    /// Whether the peer reads in steps, so that less is known of what waits than seems.
    public boolean readsInSteps() {
        SentPackets log = numbered;
        return log != null && log.queue().coarse();
    }

    private boolean coarse(long nowNanos) {
        SentPackets log = numbered;
        return log != null && log.queue().coarseLately(nowNanos);
    }

    public void voiceLeft(int ssrc, int length, long nowNanos) {
        int bytes = length + DATAGRAM_BYTES;
        left(bytes, nowNanos);
        if (paced) {
            voices.left(ssrc, bytes, nowNanos);
        }
    }

    private void left(int bytes, long nowNanos) {
        SentPackets log = numbered;
        if (numberTaken && log != null) {
            log.left(bytes, nowNanos);
            numberTaken = false;
        }
        sentBytes += bytes;
        if (paced && told(nowNanos)) {
            link.left(bytes, nowNanos);
        } else if (paced) {
            link.leftUntold(bytes, nowNanos);
        }
    }

    /// Takes a peer's transport-wide feedback.
    ///
    /// @return 0 or more, or the code of a drop reason
    public int hear(byte[] data, int offset, int length, long nowNanos) {
        SentPackets log = numbered;
        if (log == null) {
            return 0;
        }
        int news = log.hear(data, offset, length, nowNanos);
        if (news > 0) {
            anyFeedback = true;
            feedbackNanos = nowNanos;
            judgeWaits(log, nowNanos);
            judgeLosses(log, nowNanos);
            if (paced) {
                log.replay(link, nowNanos);
            }
            if (decreased) {
                decreased = false;
                drainedNanos = nowNanos + DECREASE_SHOWS_NANOS + link.backlogNanos(nowNanos);
            }
        }
        return news;
    }

    private void judgeWaits(SentPackets log, long nowNanos) {
        if (patience.ends(log.queue(), paced) || !paced && willWait(log, nowNanos)) {
            waits(log, nowNanos);
            return;
        }
        if (!paced) {
            rates.follow(log.delivered());
        } else if (patience.tried(log.queue())) {
            rates.hold(nowNanos);
        } else {
            patience.calm(nowNanos);
            // Where nothing waits, what is lost was passed on before, and proves as much.
            rates.increase((long) (log.delivered() / (1 - losses.lately())), nowNanos);
        }
        link.setRate(rates.estimate());
    }

    /// Whether what left already makes those wait that leave now: known as soon as the link's speed
    /// is, long before one of them arrives.
    private boolean willWait(SentPackets log, long nowNanos) {
        long capacity = log.queue().capacity(losses.besideQueues());
        if (capacity == 0) {
            return false;
        }
        link.setRate(capacity);
        log.replay(link, nowNanos);
        return link.backlogNanos(nowNanos) > OPEN_BACKLOG_NANOS;
    }

    private void waits(SentPackets log, long nowNanos) {
        opening.trouble(nowNanos);
        rates.hold(nowNanos);
        if (probation.on()) {
            decrease(probation.fail(), nowNanos);
            return;
        }
        long capacity = log.queue().capacity(losses.besideQueues());
        if (capacity == 0) {
            boolean slow = log.queue().servingMicros() >= UNMEASURED_SERVING_MICROS;
            if (!slow || log.queue().standingMicros() < UNMEASURED_MICROS) {
                return;
            }
            capacity = log.delivered();
        }
        if (!paced) {
            decrease(capacity, nowNanos);
        } else if (nowNanos - drainedNanos >= 0) {
            boolean filled = rates.nearFull() && capacity < rates.estimate() * CLEARLY;
            boolean ours = filled || capacity < rates.estimate(); // measured too fast before
            boolean pressed = log.delivered() > rates.estimate() * PRESSED || sure(log, capacity);
            if (patience.ended(log.queue().standingMicros(), ours, nowNanos) && pressed) {
                decrease(capacity, nowNanos);
            }
        }
    }

    /// Whether so long a queue stands in front of a link so slow that it is its own, however little
    /// is sent of what it was held to bear.
    private boolean sure(SentPackets log, long capacity) {
        boolean slow = capacity * CLEARLY < rates.estimate();
        return slow && !log.queue().coarse() && log.queue().standingMicros() >= UNMEASURED_MICROS;
    }

    private void judgeLosses(SentPackets log, long nowNanos) {
        if (!log.losses().full(nowNanos)) {
            return;
        }
        double share = log.losses().take(nowNanos);
        long leaving = sentRate.bitsPerSecond(sentBytes, nowNanos);
        boolean full = log.queue().standingMicros() >= LEAST_STANDING_MICROS;
        losses.look(share, full, nowNanos);
        boolean little = padding.tells() || leaving < LEAST_BITS && share < LossWatch.CERTAIN_SHARE;
        if (!full && little) {
            rates.hold(nowNanos);
            return;
        }
        switch (log.losses().judge(share, leaving)) {
            case OVERFULL -> {
                // While nothing was held back the estimate was what is hoped for.
                estimateBeforeLoss = paced ? rates.estimate() : leaving;
                // Where a queue stands, no more passes than arrives.
                long passed = paced && !full ? (long) (rates.estimate() * (1 - share)) : 0;
                decrease(Math.max(log.delivered(), passed), nowNanos);
            }
            case ORDINARY -> rates.restore(estimateBeforeLoss);
            case HOLD -> rates.hold(nowNanos);
            case CALM -> {}
        }
    }

    private void decrease(long capacity, long nowNanos) {
        rates.decrease(capacity, nowNanos);
        decreased = true;
        link.setRate(rates.estimate());
        opening.trouble(nowNanos);
        SentPackets log = numbered;
        if (log != null) {
            log.countAnew(nowNanos);
        }
        if (!paced) {
            paced = true;
            bearable = false; // until it is looked at
            opening.closed(nowNanos);
        }
    }

    /// Takes what a receiver report says of a picture.
    ///
    /// @param roundTripNanos negative when the report does not say
    public void reported(double lossShare, long roundTripNanos, long nowNanos) {
        if (anyFeedback && nowNanos - feedbackNanos < FEEDBACK_LASTS_NANOS) {
            return;
        }
        long leaving = sentRate.bitsPerSecond(sentBytes, nowNanos);
        if (leaving == 0) {
            return;
        }
        long capacity = reports.capacity(lossShare, roundTripNanos, leaving, nowNanos);
        boolean pressed = paced ? leaving > rates.estimate() * PRESSED : showsPicture(nowNanos);
        if (capacity > 0 && pressed) {
            decrease(capacity, nowNanos);
        } else if (capacity == 0 && paced) {
            rates.increase((long) (leaving * (1 - lossShare)), nowNanos);
            link.setRate(rates.estimate());
        } else if (capacity == 0) {
            rates.follow(leaving);
        }
    }

    /// How much of what a report says is lost is not the fault of a queue that was: reports come
    /// seconds later, and pacing has helped against that.
    ///
    /// @param reported256 in 256ths
    public int lossBeside(int reported256, long nowNanos) {
        return paced ? losses.stillLost(reported256, nowNanos) : reported256;
    }

    /// The peer is reached on another way from now on: what was learned of waits is of the old one.
    public void moved() {
        SentPackets log = numbered;
        if (log != null) {
            log.queue().forget();
        }
        reports.forget();
    }

    /// Compares what pictures come with what the downlink bears. To be called about every 100 ms
    /// while it is paced.
    ///
    /// @param offered what comes for this peer, in bit/s
    /// @param waited whether packets of it waited to be admitted all the time since the last look
    /// @param waits whether some do now
    public void look(long offered, boolean waited, boolean waits, long nowNanos) {
        if (!paced) {
            return;
        }
        long gap = Math.min(voices.gapNanos(nowNanos), VoiceClock.USUAL_GAP_NANOS);
        probation.calm(nowNanos);
        boolean probed = padding.tells() && !coarse(nowNanos);
        boolean narrow = !probed && !fits(gap, nowNanos);
        if (tries.due(narrow, rates.estimate(), nowNanos)) {
            if (SecondTry.gently(rates.estimate())) {
                probation.begin(rates.estimate());
            }
            rates.restore(SecondTry.bitsPerSecond(rates.estimate()));
            link.setRate(rates.estimate());
        }
        boolean measured = waited && nowNanos - drainedNanos >= 0;
        usable.look(rates.estimate(), voices.talkedLately(nowNanos), measured, nowNanos);
        long bears = pictureBitsPerSecond(nowNanos);
        bearable = offered <= bears * NEARLY;
        if (!waits && opening.due(bears, offered, nowNanos)) {
            paced = false;
            bearable = true;
            opening.opened(nowNanos);
        }
    }

    /// Whether a picture's packet may leave now. Voice need not ask.
    ///
    /// @param length as it will be on [#pictureLeft], or about that
    public boolean admits(int length, long nowNanos) {
        int bytes = length + DATAGRAM_BYTES;
        if (!paced) {
            return true;
        }
        if (!asked || nowNanos - askedNanos > ASKS_NANOS) {
            firstAskedNanos = nowNanos;
        }
        asked = true;
        askedNanos = nowNanos;
        long waited = nowNanos - firstAskedNanos;
        boolean admitted = probation.admits(bytes) && link.admits(bytes, waited, voices, nowNanos);
        asked = !admitted;
        return admitted;
    }

    /// Whether somebody talks and a picture's packet is too long for the gaps in between: then no
    /// picture need begin.
    public boolean closed(long nowNanos) {
        return paced && !fits(voices.gapNanos(nowNanos), nowNanos);
    }

    private boolean fits(long gapNanos, long nowNanos) {
        return link.fits(LARGEST_BYTES, voices.longestBytes(nowNanos), gapNanos);
    }

    /// Whether pictures must ask [#admits].
    public boolean paced() {
        return paced;
    }

    /// Whether it bears all that came when it was looked at last.
    public boolean bearable() {
        return bearable;
    }

    /// What pictures may have of it beside the voices, in bit/s.
    public long pictureBitsPerSecond(long nowNanos) {
        return (long) (rates.estimate() * usable.of(voices.talkedLately(nowNanos)));
    }

    /// In bit/s, datagrams with their headers.
    public long estimate() {
        return rates.estimate();
    }
}
