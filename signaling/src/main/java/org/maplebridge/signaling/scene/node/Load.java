package org.maplebridge.signaling.scene.node;

/// How busy a node is, for who chooses among several: 0 idle, 1 full. Told in steps, so that nobody
/// hears of every breath.
///
/// Pure. Thread: any, immutable.
///
/// @param smooth follows what is measured within some half a minute
/// @param told what the others know, a multiple of [#STEP]
record Load(double smooth, double told) {
    static final double STEP = 0.25;

    /// Share of a new sample, which comes every five seconds.
    private static final double WEIGHT = 0.2;

    /// So far beyond the border a step is taken: who hovers there does not waver.
    private static final double SLACK = 0.05;

    static final Load NONE = new Load(0, 0);

    /// @param sample what is measured now; outside of 0 to 1 it counts as the nearer end
    Load with(double sample) {
        double within = Math.clamp(Double.isNaN(sample) ? 0 : sample, 0, 1);
        double next = smooth + WEIGHT * (within - smooth);
        boolean leaves = Math.abs(next - told) > STEP / 2 + SLACK;
        return new Load(next, leaves ? Math.round(next / STEP) * STEP : told);
    }
}
