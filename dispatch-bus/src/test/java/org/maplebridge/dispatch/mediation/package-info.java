@NullMarked
package org.maplebridge.dispatch.mediation;

import org.jspecify.annotations.NullMarked;
