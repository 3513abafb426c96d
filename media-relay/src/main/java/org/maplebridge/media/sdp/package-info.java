/// Offers read with limits, agreed on or refused by name, and answered (RFC 8866, RFC 8829).
@NullMarked
package org.maplebridge.media.sdp;

import org.jspecify.annotations.NullMarked;
