/// The port to the record of mediations.
@NullMarked
package org.maplebridge.dispatch.store.mediation;

import org.jspecify.annotations.NullMarked;
