/// What consultations are made of, without a record.
@NullMarked
package org.maplebridge.dispatch.mediation.telephone;

import org.jspecify.annotations.NullMarked;
