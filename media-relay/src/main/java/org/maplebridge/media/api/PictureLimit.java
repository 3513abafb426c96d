package org.maplebridge.media.api;

/// What a node whose processor does not keep up still does for pictures. Voice has no such limit.
public enum PictureLimit {
    /// All that downlinks bear.
    NONE,

    /// Of each picture the lowest layer; publishers without layers are asked for less.
    LOWEST,

    /// Nothing is sent to viewers. Recordings and links to other nodes go on.
    PAUSED
}
