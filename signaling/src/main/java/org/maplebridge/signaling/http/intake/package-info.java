/// Doors for who reports a matter: citizens without an account, and other systems; and for what the
/// county sets up for them.
@NullMarked
package org.maplebridge.signaling.http.intake;

import org.jspecify.annotations.NullMarked;
