/// The handshake that gives a leg its SRTP keys, and the certificate it is done with (RFC 6347, RFC
/// 5764).
@NullMarked
package org.maplebridge.media.dtls;

import org.jspecify.annotations.NullMarked;
