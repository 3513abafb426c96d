/// STUN messages as bytes: who they are for, whether they are authentic, what they say (RFC 8489).
@NullMarked
package org.maplebridge.media.stun;

import org.jspecify.annotations.NullMarked;
