/// When meetings come again, and what is on their agenda.
@NullMarked
package org.maplebridge.dispatch.figures.meeting;

import org.jspecify.annotations.NullMarked;
