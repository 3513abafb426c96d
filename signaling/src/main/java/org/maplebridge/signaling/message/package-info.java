/// Messages to people outside on their way from the record to whoever carries them.
@NullMarked
package org.maplebridge.signaling.message;

import org.jspecify.annotations.NullMarked;
