/// An incident gone through again, over REST.
@NullMarked
package org.maplebridge.signaling.http.replay;

import org.jspecify.annotations.NullMarked;
