/// What others need who come into an incident: settings and wiring.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.boot.incident;
