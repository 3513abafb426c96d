package org.maplebridge.load.county;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.county.County.Talkers;
import org.maplebridge.load.county.Handheld.Verdict;
import org.maplebridge.load.measure.WallClock;

/// Somebody comes into a group in which another one talks: from the request to listen to the first
/// packet at the kernel.
///
/// Thread: the scenario's.
public final class LateEntries {
    private static final long GRANT_MILLIS = 5_000;

    /// So long that nothing said before is still under way.
    private static final long AWAY_MILLIS = 250;

    private static final long PATIENCE_MILLIS = 3_000;

    /// The floor is given for 30 s at a time.
    private static final long LONGEST_TALK_NANOS = 22_000_000_000L;

    /// @param nanos of each entry
    /// @param silent entries after which nothing was heard
    public record Outcome(List<Long> nanos, int silent) {}

    private LateEntries() {}

    public static Outcome run(List<Talkers> groups, int trials) throws IOException {
        var nanos = new ArrayList<Long>();
        int silent = 0;
        for (int i = 0; nanos.size() + silent < trials; i++) {
            var group = groups.get(i % groups.size());
            var some = whileOneTalks(group, trials - nanos.size() - silent);
            nanos.addAll(some.nanos());
            silent += some.silent();
        }
        return new Outcome(nanos, silent);
    }

    private static Outcome whileOneTalks(Talkers group, int most) throws IOException {
        var talker = group.members().getFirst();
        var press = talker.press(group.group());
        long untilNanos = System.nanoTime() + LONGEST_TALK_NANOS;
        if (!(press.await(GRANT_MILLIS).orElse(null) instanceof Verdict.Granted)) {
            talker.release(group.group());
            throw new IOException("no floor for " + talker.account() + " in " + group.group());
        }
        var nanos = new ArrayList<Long>();
        int silent = 0;
        for (Handheld listener : group.members().subList(1, group.members().size())) {
            if (nanos.size() + silent < most && System.nanoTime() - untilNanos < 0) {
                long entry = enter(listener, group.group());
                if (entry < 0) {
                    silent++;
                } else {
                    nanos.add(entry);
                }
            }
        }
        talker.release(group.group());
        return new Outcome(nanos, silent);
    }

    /// @return −1 when nothing was heard
    private static long enter(Handheld listener, String group) throws IOException {
        VoiceTerminal ears = listener.media().orElseThrow();
        listener.leave(group);
        Conversations.pause(AWAY_MILLIS);
        var arrival = ears.nextArrival();
        long askedNanos = WallClock.nanos();
        listener.affiliate(group);
        try {
            return arrival.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) - askedNanos;
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
