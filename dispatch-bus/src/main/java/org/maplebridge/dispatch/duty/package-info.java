/// Who is on duty at which room and post, and what one shift tells the next.
@NullMarked
package org.maplebridge.dispatch.duty;

import org.jspecify.annotations.NullMarked;
