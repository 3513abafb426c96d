package org.maplebridge.media.api;

/// One recording of one source. Chosen by the caller, used once.
public record RecordingId(String value) {}
