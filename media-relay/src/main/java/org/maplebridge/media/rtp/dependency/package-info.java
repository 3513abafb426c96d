/// The dependency descriptor: which frame of a scalable stream a packet is of, and who needs it.
@NullMarked
package org.maplebridge.media.rtp.dependency;

import org.jspecify.annotations.NullMarked;
