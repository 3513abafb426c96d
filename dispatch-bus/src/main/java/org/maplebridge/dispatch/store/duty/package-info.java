/// The part of the port to the record that duty and figures need.
@NullMarked
package org.maplebridge.dispatch.store.duty;

import org.jspecify.annotations.NullMarked;
