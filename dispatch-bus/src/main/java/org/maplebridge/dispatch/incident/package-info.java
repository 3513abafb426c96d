/// Incidents from report to closure: the loop as data, and what a seat may do at each step.
@NullMarked
package org.maplebridge.dispatch.incident;

import org.jspecify.annotations.NullMarked;
