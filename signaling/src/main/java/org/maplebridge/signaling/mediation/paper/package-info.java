/// What is printed of a mediation; the only home of the library that does it.
@NullMarked
package org.maplebridge.signaling.mediation.paper;

import org.jspecify.annotations.NullMarked;
