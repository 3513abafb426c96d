/// Reports on their way into the record, from whatever door they came.
@NullMarked
package org.maplebridge.signaling.intake;

import org.jspecify.annotations.NullMarked;
