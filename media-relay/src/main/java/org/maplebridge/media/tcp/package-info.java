/// Peers whose network lets no UDP through: a listener for ICE-TCP (RFC 6544) before the media
/// port. Each connection gets a UDP socket of its own, from which its frames (RFC 4571) go on to
/// the media port as datagrams; behind it nobody knows of TCP. What may come in, stay and wait is
/// decided by pure classes.
@NullMarked
package org.maplebridge.media.tcp;

import org.jspecify.annotations.NullMarked;
