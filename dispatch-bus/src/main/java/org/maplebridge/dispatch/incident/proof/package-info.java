/// Whether a position shows that somebody is where an incident is.
@org.jspecify.annotations.NullMarked
package org.maplebridge.dispatch.incident.proof;
