/// Port to what changes too often for the record: live positions.
@NullMarked
package org.maplebridge.dispatch.telemetry;

import org.jspecify.annotations.NullMarked;
