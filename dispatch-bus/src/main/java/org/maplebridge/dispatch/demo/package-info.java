/// The demo county that a newcomer finds: Wenling with sixteen towns, three of them fully staffed.
@NullMarked
package org.maplebridge.dispatch.demo;

import org.jspecify.annotations.NullMarked;
