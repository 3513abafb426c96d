package org.maplebridge.dispatch.figures;

/// What is counted. "Within" is the span that is asked for; a matter is an incident that is no part
/// of another one, and belongs to the room that is responsible for it now.
public enum Measure {
    /// Matters opened within.
    RECEIVED,
    /// Those of [#RECEIVED] that are closed now: one that was opened again is not, whenever it was
    /// closed before; one that was closed in the next month is.
    RECEIVED_CLOSED,
    /// Incidents opened within that were made a part of another one.
    PARTS,
    /// Matters closed within, whenever they were opened. One that was opened again and closed again
    /// counts where it was closed last.
    CLOSED,
    /// Matters that are open now, whenever they were opened.
    OPEN,
    /// Those of [#OPEN] whose step should have been done by now.
    OVERDUE,
    /// Time limits of steps that ended within and are decided: the step was left, or the time is
    /// over. Days off do not count towards limits in working days; a limit that was extended with a
    /// reason ends when the extension does.
    LIMITS,
    /// Those of [#LIMITS] whose step was left in time.
    LIMITS_KEPT,
    /// [#LIMITS] of the first step of a loop: taking a matter on.
    FIRST_LIMITS,
    /// Those of [#FIRST_LIMITS] that were kept.
    FIRST_KEPT,
    /// Ratings given within.
    RATED,
    /// Those of [#RATED] with four stars or five.
    SATISFIED,
    /// The sum of all stars of [#RATED].
    STARS,
    /// Reports received within, through whatever door.
    REPORTS,
    /// Those of [#REPORTS] that opened nothing, since what they tell of was known: they were added
    /// to it.
    REPORTS_ADDED,
    /// Those of [#REPORTS] that devices sent.
    ALARMS,
    /// Those of [#ALARMS] that opened nothing, and so rang nobody's bell again.
    ALARMS_ADDED
}
