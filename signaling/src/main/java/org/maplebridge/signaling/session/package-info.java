/// One connected console or terminal: mailbox, heartbeat, resume, and an outbox that nothing leaves
/// before it was acknowledged.
@NullMarked
package org.maplebridge.signaling.session;

import org.jspecify.annotations.NullMarked;
