package org.maplebridge.media.api;

/// Hears what the relay tells. Must return at once: hand over to a mailbox of your own.
@FunctionalInterface
public interface RelayEvents {
    void on(RelayEvent event);
}
