/// Incidents as rooms work on them: who sees one, what a seat does with it, and the news of it.
@NullMarked
package org.maplebridge.signaling.command.incident;

import org.jspecify.annotations.NullMarked;
