/// A session description as lines, sections, attributes and tokens, nothing yet understood.
@NullMarked
package org.maplebridge.media.sdp.text;

import org.jspecify.annotations.NullMarked;
