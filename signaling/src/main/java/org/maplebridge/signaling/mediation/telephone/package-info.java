/// Telephones at a mediation's table: the port to gateways, what callers are told, and their codes.
@NullMarked
package org.maplebridge.signaling.mediation.telephone;

import org.jspecify.annotations.NullMarked;
