/// Ids and values that every other package speaks in: records without behaviour beyond their
/// limits.
@NullMarked
package org.maplebridge.dispatch.model;

import org.jspecify.annotations.NullMarked;
