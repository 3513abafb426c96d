/// What is said about talk groups: who listens, which are made, which are joined.
@NullMarked
package org.maplebridge.signaling.command.group;

import org.jspecify.annotations.NullMarked;
