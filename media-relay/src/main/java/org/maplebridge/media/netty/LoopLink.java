package org.maplebridge.media.netty;

import java.util.Arrays;
import java.util.List;
import org.maplebridge.media.relay.LoopMessage;
import org.maplebridge.media.relay.LoopPort;
import org.maplebridge.media.wire.PeerPath;

/// One loop's way to the others of the node.
///
/// Thread: its media loop.
final class LoopLink implements LoopPort {
    private final int self;
    private final List<MediaLoop> loops;
    private final LoopDirectory directory;

    /// @param loops filled before the first datagram; shared by all links
    LoopLink(int self, List<MediaLoop> loops, LoopDirectory directory) {
        this.self = self;
        this.loops = loops;
        this.directory = directory;
    }

    @Override
    public int self() {
        return self;
    }

    @Override
    public int loops() {
        return loops.size();
    }

    @Override
    public void post(int loop, LoopMessage message) {
        loops.get(loop).deliver(new MediaLoop.Parcel.Message(message));
    }

    @Override
    public boolean handOver(PeerPath from, byte[] data, int offset, int length) {
        MediaLoop home = loops.size() == 1 ? null : directory.homeOf(from, data, offset, length);
        if (home == null || home == loops.get(self)) {
            return false;
        }
        byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
        return home.deliver(new MediaLoop.Parcel.Datagram(from, copy));
    }

    @Override
    public void claims(PeerPath path) {
        directory.claims(loops.get(self), path);
    }

    @Override
    public void yields(PeerPath path) {
        directory.yields(loops.get(self), path);
    }

    @Override
    public void claimsFragment(String localFragment) {
        directory.claimsFragment(loops.get(self), localFragment);
    }

    @Override
    public void yieldsFragment(String localFragment) {
        directory.yieldsFragment(loops.get(self), localFragment);
    }
}
