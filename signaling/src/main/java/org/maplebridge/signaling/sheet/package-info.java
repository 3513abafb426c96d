/// Spreadsheets that people hand in, read within limits. The only home of their libraries.
@NullMarked
package org.maplebridge.signaling.sheet;

import org.jspecify.annotations.NullMarked;
