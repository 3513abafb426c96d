/// The door to meetings that are called together by one press.
@NullMarked
package org.maplebridge.signaling.http.consultation;

import org.jspecify.annotations.NullMarked;
