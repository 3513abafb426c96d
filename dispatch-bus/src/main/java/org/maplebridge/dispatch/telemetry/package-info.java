/// Port to what changes too often for the record: live positions, tracks, the intake of alarms. And
/// what keeps them in this process.
@NullMarked
package org.maplebridge.dispatch.telemetry;

import org.jspecify.annotations.NullMarked;
