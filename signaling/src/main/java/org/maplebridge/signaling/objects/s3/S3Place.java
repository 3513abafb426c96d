package org.maplebridge.signaling.objects.s3;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which bucket of which store, and by which key.
///
/// @param prefix before each name, as `maplebridge/`; may be empty
/// @param pathStyle whether the bucket stands in the path, as most stores of one's own want it, or
///   before the host
/// @param authority PEM of who vouches for the store's certificate; null for those that Java trusts
public record S3Place(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        String accessKey,
        String secretKey,
        @Nullable Path authority) {
    /// Without the secret.
    @Override
    public String toString() {
        return endpoint + " bucket " + bucket + (prefix.isEmpty() ? "" : " below " + prefix);
    }
}
