/// Mediation as it goes on: tables with their people, who sees and hears whom at each, invitations
/// to them, and what is kept sealed.
@NullMarked
package org.maplebridge.signaling.mediation;

import org.jspecify.annotations.NullMarked;
