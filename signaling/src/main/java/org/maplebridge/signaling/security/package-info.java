/// Who is asking and what they may: sign-in, tokens and keys, one permission table, audit.
@NullMarked
package org.maplebridge.signaling.security;

import org.jspecify.annotations.NullMarked;
