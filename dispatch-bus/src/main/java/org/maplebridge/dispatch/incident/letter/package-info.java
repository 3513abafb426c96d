/// Letters that rooms write to each other about an incident.
@org.jspecify.annotations.NullMarked
package org.maplebridge.dispatch.incident.letter;
