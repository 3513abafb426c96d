/// JSON to records and back, with limits: the only package that knows Jackson.
@NullMarked
package org.maplebridge.signaling.codec;

import org.jspecify.annotations.NullMarked;
