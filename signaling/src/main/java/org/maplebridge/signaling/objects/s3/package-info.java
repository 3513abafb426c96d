/// Object stores that speak the S3 protocol; the only home of its library.
@NullMarked
package org.maplebridge.signaling.objects.s3;

import org.jspecify.annotations.NullMarked;
