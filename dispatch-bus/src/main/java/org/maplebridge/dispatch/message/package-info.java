/// What is told to people outside once a matter is settled, and the port by which it goes to them.
@NullMarked
package org.maplebridge.dispatch.message;

import org.jspecify.annotations.NullMarked;
