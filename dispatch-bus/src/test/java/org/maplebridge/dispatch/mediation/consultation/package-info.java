/// What consultations are made of, without a record.
@NullMarked
package org.maplebridge.dispatch.mediation.consultation;

import org.jspecify.annotations.NullMarked;
