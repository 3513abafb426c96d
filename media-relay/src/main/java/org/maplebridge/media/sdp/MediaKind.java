package org.maplebridge.media.sdp;

/// Kinds of media section this relay carries.
public enum MediaKind {
    AUDIO,
    VIDEO
}
