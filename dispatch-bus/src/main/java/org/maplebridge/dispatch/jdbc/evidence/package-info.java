/// Pictures and videos in the record.
@NullMarked
package org.maplebridge.dispatch.jdbc.evidence;

import org.jspecify.annotations.NullMarked;
