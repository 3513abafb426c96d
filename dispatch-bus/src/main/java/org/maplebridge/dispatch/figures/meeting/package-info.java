/// Meetings that come again each day, week or month (日分析、周会商、月例会): when, and what is on their
/// agenda by the figures.
@NullMarked
package org.maplebridge.dispatch.figures.meeting;

import org.jspecify.annotations.NullMarked;
