package org.maplebridge.dispatch.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.UserId;

/// Something that somebody noticed while going through an incident again, for the review meeting.
/// What was taken back stays known, so that a repeated request does not write it again.
///
/// @param id chosen by who wrote it
/// @param at the moment of the incident that it is about
/// @param removed who took it back
public record Mark(
        String id,
        IncidentId incident,
        Instant at,
        Kind kind,
        String text,
        UserId by,
        Instant writtenAt,
        @Nullable UserId removed) {
    public static final int MAX_TEXT_CHARS = 500;

    public enum Kind {
        /// What went well or did not.
        FINDING,
        /// What has to be done about it.
        ACTION
    }

    public Mark {
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException("no id");
        }
        PlainText.require(text, MAX_TEXT_CHARS);
    }

    /// Whether it is the same wish, sent again.
    public boolean repeats(Mark other) {
        return id.equals(other.id)
                && incident.equals(other.incident)
                && at.equals(other.at)
                && kind == other.kind
                && text.equals(other.text)
                && by.equals(other.by);
    }
}
