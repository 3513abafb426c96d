package org.maplebridge.media.api;

/// One stream that can be attached to slots: a camera, a microphone, or a channel. Chosen by the
/// caller, unique on the node.
public record SourceId(String value) {
    private static final char LAYER = '~';

    /// One simulcast layer of this source, below its highest: that one has the source's own name.
    public SourceId layer(String rid) {
        return new SourceId(value + LAYER + rid);
    }
}
