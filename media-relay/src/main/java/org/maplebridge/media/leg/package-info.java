/// One peer: its transport, its streams in, its slots out, its RTCP schedule.
@NullMarked
package org.maplebridge.media.leg;

import org.jspecify.annotations.NullMarked;
