/// The ciphers and hashes under SRTP: the system's libcrypto where it proves itself, else the JDK.
@NullMarked
package org.maplebridge.media.srtp.cipher;

import org.jspecify.annotations.NullMarked;
