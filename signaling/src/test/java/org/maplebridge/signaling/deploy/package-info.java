/// What a technician does with a node: certificates, backups, the files in `deploy`.
@NullMarked
package org.maplebridge.signaling.deploy;

import org.jspecify.annotations.NullMarked;
