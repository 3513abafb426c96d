package org.maplebridge.dispatch.incident;

import org.maplebridge.dispatch.model.Severity;

/// What a severity means for people and machines: the one table.
///
/// Pure.
///
/// @param tone what a console plays when one comes in
/// @param floor tier of the talk of its group
/// @param reception whether the pictures of who goes there are taken at once
/// @param tiles of the wall that its picture covers
/// @param signOff who closes it
public record SeverityPolicy(
        Severity severity,
        Tone tone,
        Severity floor,
        Reception reception,
        int tiles,
        SignOff signOff) {
    public enum Tone {
        ONCE,
        REPEATED,
        UNTIL_ANSWERED
    }

    public enum Reception {
        WHEN_ASKED,
        OFFERED,
        AT_ONCE
    }

    public enum SignOff {
        /// Any commanding seat of the room that is responsible.
        SEAT,
        /// A commanding seat there that also supervises.
        SUPERVISOR,
        /// Who supervises in the centre.
        CENTRE
    }

    public static SeverityPolicy of(Severity severity) {
        return switch (severity) {
            case YELLOW ->
                    new SeverityPolicy(
                            severity,
                            Tone.ONCE,
                            Severity.YELLOW,
                            Reception.WHEN_ASKED,
                            1,
                            SignOff.SEAT);
            case ORANGE ->
                    new SeverityPolicy(
                            severity,
                            Tone.REPEATED,
                            Severity.ORANGE,
                            Reception.OFFERED,
                            1,
                            SignOff.SUPERVISOR);
            case RED ->
                    new SeverityPolicy(
                            severity,
                            Tone.UNTIL_ANSWERED,
                            Severity.RED,
                            Reception.AT_ONCE,
                            4,
                            SignOff.CENTRE);
        };
    }
}
