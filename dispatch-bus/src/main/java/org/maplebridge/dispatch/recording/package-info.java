/// What is kept of an incident so that it can be gone through again: the ways that units took, and
/// what people marked for the review.
@NullMarked
package org.maplebridge.dispatch.recording;

import org.jspecify.annotations.NullMarked;
