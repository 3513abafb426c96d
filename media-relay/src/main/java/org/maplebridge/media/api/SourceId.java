package org.maplebridge.media.api;

/// One stream that can be attached to slots: a camera, a microphone, or a channel. Chosen by the
/// caller, unique on the node.
public record SourceId(String value) {}
