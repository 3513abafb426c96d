/// RTCP: reports, repair and key-frame requests, transport-wide feedback, read and written.
@NullMarked
package org.maplebridge.media.rtcp;

import org.jspecify.annotations.NullMarked;
