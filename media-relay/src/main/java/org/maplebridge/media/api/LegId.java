package org.maplebridge.media.api;

/// One peer connection at this relay. Chosen by the caller, unique on the node.
public record LegId(String value) {}
