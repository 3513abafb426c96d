package org.maplebridge.media.netty;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.maplebridge.media.syscall.SendmmsgProbe;
import org.maplebridge.media.syscall.SendmmsgSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the loops send, chosen once at start by trying it: by system calls of our own, else through
/// Netty.
///
/// Thread: made and closed by the node.
final class LoopSenders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopSenders.class);

    private final String name;
    private final List<SendmmsgSender> own;

    private LoopSenders(String name, List<SendmmsgSender> own) {
        this.name = name;
        this.own = List.copyOf(own);
    }

    /// Gives each loop its sender and starts it.
    static LoopSenders open(
            RelayConfig config, SocketKind kind, MediaPort port, List<MediaLoop> loops) {
        var finding =
                config.batchSend() && kind == SocketKind.EPOLL
                        ? SendmmsgProbe.run()
                        : SendmmsgProbe.Finding.UNUSABLE;
        var own = new ArrayList<SendmmsgSender>();
        if (finding != SendmmsgProbe.Finding.UNUSABLE && port.steerToReceivers()) {
            try {
                for (MediaLoop loop : loops) {
                    boolean segments = finding == SendmmsgProbe.Finding.SEGMENTS;
                    own.add(SendmmsgSender.open(port.bound(), segments, loop::onRefused));
                }
            } catch (IOException e) {
                LOG.warn("no sockets to send by, using the receiving ones: {}", e.getMessage());
                own.forEach(SendmmsgSender::close);
                own.clear();
            }
        }
        for (int i = 0; i < loops.size(); i++) {
            MediaLoop loop = loops.get(i);
            loop.start(
                    own.isEmpty()
                            ? new NettySender(port.channelsOf(i), loop::onRefused)
                            : own.get(i));
        }
        return new LoopSenders(own.isEmpty() ? "Netty" : nameOf(finding), own);
    }

    private static String nameOf(SendmmsgProbe.Finding finding) {
        return switch (finding) {
            case SEGMENTS -> "sendmmsg with segmentation";
            case BATCHES -> "sendmmsg";
            case UNUSABLE -> "Netty";
        };
    }

    String name() {
        return name;
    }

    /// What went out by system calls of our own; nothing when Netty sends.
    SendmmsgSender.Sent sent() {
        return own.stream()
                .map(SendmmsgSender::sent)
                .reduce(new SendmmsgSender.Sent(0, 0, 0), SendmmsgSender.Sent::plus);
    }

    /// Only after the loops' last batch.
    @Override
    public void close() {
        own.forEach(SendmmsgSender::close);
    }
}
