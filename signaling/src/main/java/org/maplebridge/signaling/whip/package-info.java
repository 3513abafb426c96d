/// WHIP (RFC 9725) and WHEP: streams of encoders and players that speak plain HTTP.
@NullMarked
package org.maplebridge.signaling.whip;

import org.jspecify.annotations.NullMarked;
