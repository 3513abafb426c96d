package org.maplebridge.media.sdp;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

/// SSRCs that collide with none of the peer's and none given before in the same leg.
///
/// Thread: confined to one negotiation.
final class FreshSsrcs {
    private final IntSupplier randomInts;
    private final Set<Integer> taken = new HashSet<>();

    FreshSsrcs(IntSupplier randomInts) {
        this.randomInts = randomInts;
        taken.add(0);
    }

    void avoid(SsrcPair pair) {
        taken.add(pair.ssrc());
        taken.add(pair.rtxSsrc());
    }

    int next() {
        int ssrc = randomInts.getAsInt();
        while (!taken.add(ssrc)) {
            ssrc++; // a supplier may repeat itself; the loop must end all the same
        }
        return ssrc;
    }
}
