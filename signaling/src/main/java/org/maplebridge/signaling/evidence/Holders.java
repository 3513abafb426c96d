package org.maplebridge.signaling.evidence;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;

/// Which node keeps a file: the one that received it, unless all share one folder.
///
/// Thread: any, immutable.
public final class Holders {
    private final boolean shared;
    private final Supplier<Optional<String>> own;
    private final Supplier<Collection<String>> present;

    /// @param shared whether all nodes have the same folder
    /// @param own this node's address, once its doors are open
    /// @param present the addresses of all nodes that are there
    public Holders(
            boolean shared, Supplier<Optional<String>> own, Supplier<Collection<String>> present) {
        this.shared = shared;
        this.own = own;
        this.present = present;
    }

    /// What the record says of files that come here.
    @Nullable String own() {
        return shared ? null : own.get().orElse(null);
    }

    /// @return the address of another node that is there and keeps this one
    public Optional<String> elsewhere(Evidence evidence) {
        @Nullable String holder = evidence.holder();
        return holder == null ? Optional.empty() : elsewhere(holder);
    }

    /// @return this address, when it is another node's and that is there
    public Optional<String> elsewhere(String address) {
        return Optional.of(address)
                .filter(holder -> own.get().filter(holder::equals).isEmpty())
                .filter(holder -> present.get().contains(holder));
    }
}
