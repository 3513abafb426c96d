package org.maplebridge.signaling.boot.objects;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.objects.s3.S3Place;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where recordings go when they have ended.
///
/// @param endpoint `http(s)://host[:port]`; empty: they stay on the node that made them
/// @param prefix before each name
/// @param pathStyle whether the bucket stands in the path or before the host
/// @param ca PEM of who vouches for the store's certificate; empty for those that Java trusts
/// @param keepLocalHours how long a file stays on its node besides
/// @param copiesMib of what is fetched to be seen
public record ObjectStoreSettings(
        @DefaultValue("") String endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String bucket,
        @DefaultValue("recordings/") String prefix,
        @DefaultValue("true") boolean pathStyle,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey,
        @DefaultValue("") String ca,
        @DefaultValue("24") int keepLocalHours,
        @DefaultValue("20480") long copiesMib) {
    static final String PREFIX = "maplebridge.object-store";

    private static final Pattern ENDPOINT =
            Pattern.compile("https?://(\\[[0-9a-fA-F:]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?/?");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9._-]+/)*");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final int MOST_HOURS = 24 * 365;

    public ObjectStoreSettings {
        if (!endpoint.isEmpty()) {
            require(
                    ENDPOINT.matcher(endpoint).matches() && address(endpoint) != null,
                    "endpoint must be http(s)://host or http(s)://host:port");
            require(
                    BUCKET.matcher(bucket).matches(),
                    "bucket must be 3 to 63 small letters, digits, dots or hyphens");
            require(
                    NAME.matcher(prefix).matches() && !prefix.contains(".."),
                    "prefix must be plain and end with /");
            require(REGION.matcher(region).matches(), "region must be letters, digits or hyphens");
            require(!accessKey.isBlank(), "access-key is needed");
            require(!secretKey.isBlank(), "secret-key is needed");
            require(ca.isEmpty() || Files.isReadable(Path.of(ca)), "ca cannot be read");
        } else {
            require(
                    bucket.isEmpty() && accessKey.isEmpty() && secretKey.isEmpty(),
                    "endpoint is needed");
        }
        require(
                keepLocalHours >= 0 && keepLocalHours <= MOST_HOURS,
                "keep-local-hours must be 0 to " + MOST_HOURS);
        require(copiesMib >= 1024, "copies-mib must be at least 1024");
    }

    boolean isOn() {
        return !endpoint.isEmpty();
    }

    S3Place place() {
        return new S3Place(
                URI.create(endpoint),
                region,
                bucket,
                prefix,
                pathStyle,
                accessKey,
                secretKey,
                ca.isEmpty() ? null : Path.of(ca));
    }

    public Duration keepsLocal() {
        return Duration.ofHours(keepLocalHours);
    }

    public long copiesBytes() {
        return copiesMib << 20;
    }

    private static @Nullable URI address(String endpoint) {
        try {
            var uri = new URI(endpoint);
            return uri.getHost() == null || uri.getPort() > 65_535 ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + "." + sentence);
        }
    }

    /// Without the keys.
    @Override
    public String toString() {
        return isOn() ? "ObjectStore[" + place() + "]" : "ObjectStore[none]";
    }
}
