/// RTP headers, header extensions and payload headers, read and written in place.
@NullMarked
package org.maplebridge.media.rtp;

import org.jspecify.annotations.NullMarked;
