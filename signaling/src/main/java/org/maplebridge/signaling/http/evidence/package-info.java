/// Pictures and videos over HTTP: sent by tus, listed, shown.
@NullMarked
package org.maplebridge.signaling.http.evidence;

import org.jspecify.annotations.NullMarked;
