/// Who may talk in one conversation, and who next: one talker at a time, after 3GPP TS 24.380.
@NullMarked
package org.maplebridge.dispatch.floor;

import org.jspecify.annotations.NullMarked;
