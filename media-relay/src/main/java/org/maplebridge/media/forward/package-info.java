/// Who gets which packet under which number: sources, their cache, slots, channels.
///
/// Plain packets only; keys, addresses and signalling words live above.
@NullMarked
package org.maplebridge.media.forward;

import org.jspecify.annotations.NullMarked;
