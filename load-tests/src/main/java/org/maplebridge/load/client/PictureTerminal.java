package org.maplebridge.load.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One encoder or player.
///
/// Thread: any; works on its client thread.
public final class PictureTerminal implements AutoCloseable {
    private final ClientThread thread;
    private final List<Long> shown = new ArrayList<>();
    private @Nullable Terminal terminal;

    PictureTerminal(ClientThread thread) {
        this.thread = thread;
    }

    void begin(Terminal opened) {
        terminal = opened;
        thread.ask(terminals -> terminals.add(opened));
    }

    void shown(long atNanos) {
        synchronized (shown) {
            shown.add(atNanos);
        }
    }

    /// When pictures that a decoder could have shown were there, in nanoseconds since 1970; each is
    /// told once.
    public List<Long> takeShown() {
        synchronized (shown) {
            var all = List.copyOf(shown);
            shown.clear();
            return all;
        }
    }

    /// How often a key frame had to be asked for, and how many packets have come.
    public String state() {
        @Nullable Terminal open = terminal;
        return open == null
                ? "none"
                : thread.ask(
                                _ -> {
                                    @Nullable MediaReceiver receiver = open.receiver();
                                    return receiver == null
                                            ? open.state().toString()
                                            : receiver.packets()
                                                    + " packets, asked "
                                                    + open.asked();
                                })
                        .join();
    }

    /// Whether the server has ended it, or is gone.
    public boolean isLost() {
        @Nullable Terminal open = terminal;
        return open != null && thread.ask(_ -> open.state() == ClientPeer.State.LOST).join();
    }

    /// Without a word to the server.
    @Override
    public void close() {
        @Nullable Terminal open = terminal;
        if (open != null) {
            thread.ask(terminals -> {
                if (terminals.remove(open)) {
                    open.close();
                }
                return true;
            });
        }
    }
}
