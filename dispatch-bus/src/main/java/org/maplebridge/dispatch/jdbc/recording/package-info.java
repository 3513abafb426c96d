/// What is kept to go through incidents again, in the relational record.
@NullMarked
package org.maplebridge.dispatch.jdbc.recording;

import org.jspecify.annotations.NullMarked;
