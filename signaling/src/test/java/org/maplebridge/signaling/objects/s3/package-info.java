/// An object store that is not ours, and lines to it that break.
@NullMarked
package org.maplebridge.signaling.objects.s3;

import org.jspecify.annotations.NullMarked;
