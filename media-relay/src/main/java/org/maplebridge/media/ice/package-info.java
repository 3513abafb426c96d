/// The lite side of ICE: which paths of a peer are proved, which one is in use, whether it still
/// consents (RFC 8445, RFC 7675).
@NullMarked
package org.maplebridge.media.ice;

import org.jspecify.annotations.NullMarked;
