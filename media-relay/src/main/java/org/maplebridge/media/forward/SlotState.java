package org.maplebridge.media.forward;

/// What a slot does with packets of its line.
public enum SlotState {
    /// No line.
    EMPTY("empty"),
    /// For the first packet, or the next key frame.
    WAITING("waiting"),
    /// The subscriber does not know the source's format.
    INCOMPATIBLE("incompatible"),
    /// Sends the cached run since the last key frame.
    CATCHING_UP("catching-up"),
    /// Sends what comes.
    LIVE("live"),
    /// Sends what comes as the downlink admits it.
    PACED("paced"),
    /// Left out up to a later key frame, for the downlink does not bear it.
    PAUSED("paused-for-bandwidth");

    private final String text;

    SlotState(String text) {
        this.text = text;
    }

    /// As [org.maplebridge.media.api.LegStats] says.
    public String text() {
        return text;
    }
}
