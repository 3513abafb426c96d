/// Protects and opens RTP and RTCP packets (RFC 3711, RFC 7714) with keys from DTLS (RFC 5764).
@NullMarked
package org.maplebridge.media.srtp;

import org.jspecify.annotations.NullMarked;
