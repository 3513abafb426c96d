/// The record of everything that happened, in order: what replay, audit and late joiners read.
@NullMarked
package org.maplebridge.dispatch.journal;

import org.jspecify.annotations.NullMarked;
