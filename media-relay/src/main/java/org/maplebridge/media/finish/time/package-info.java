/// When things of a recording happened: a stream's timestamps on the relay's wall clock, by its
/// publisher's reports, so that what was captured at one moment is played at one moment.
///
/// Pure.
@NullMarked
package org.maplebridge.media.finish.time;

import org.jspecify.annotations.NullMarked;
