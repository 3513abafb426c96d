package org.maplebridge.signaling.objects.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.maplebridge.signaling.objects.ObjectStoreFault.Kind;
import org.maplebridge.signaling.objects.Sha256;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// One bucket of a store that speaks S3. Large files go in parts, so that a line that breaks costs
/// one of them. Each part's hash is signed with it, so the store itself refuses what was changed on
/// the way; length and hash of the whole are asked for afterwards.
///
/// Thread: any; a call blocks its thread.
public final class S3Objects implements ObjectStore {
    /// The protocol wants 5 MiB at least and 10,000 parts at most: 160 GB.
    static final int PART_BYTES = 16 << 20;

    /// Our own word with each object.
    static final String HASH = "sha256";

    private static final int TRIES = 4;
    private static final int PIECE_BYTES = 1 << 16;

    /// A line of less than a megabit is as good as none.
    private static final long SLOWEST_BYTES_PER_SECOND = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int RANGE_IS_EMPTY = 416;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    public S3Objects(S3Place place) throws IOException {
        this.client = S3Line.open(place);
        this.bucket = place.bucket();
        this.prefix = place.prefix();
    }

    @Override
    public void put(String name, Path file, String sha256) throws ObjectStoreFault, IOException {
        long length = Files.size(file);
        if (has(name, length, sha256)) {
            return;
        }
        if (length <= PART_BYTES) {
            asked(() ->
                    client.putObject(
                            put ->
                                    put.bucket(bucket)
                                            .key(key(name))
                                            .metadata(Map.of(HASH, sha256))
                                            .overrideConfiguration(patience(length)),
                            body(file, 0, length)));
        } else {
            putInParts(name, file, length, sha256);
        }
        if (!has(name, length, sha256)) {
            throw new ObjectStoreFault(Kind.AWAY, name + " is not there as it was sent", null);
        }
    }

    private boolean has(String name, long length, String sha256) throws ObjectStoreFault {
        Optional<HeadObjectResponse> head = head(name);
        return head.filter(found -> found.contentLength() == length)
                .filter(found -> sha256.equals(found.metadata().get(HASH)))
                .isPresent();
    }

    private Optional<HeadObjectResponse> head(String name) throws ObjectStoreFault {
        try {
            return Optional.of(
                    asked(() -> client.headObject(head -> head.bucket(bucket).key(key(name)))));
        } catch (ObjectStoreFault fault) {
            if (fault.kind() == Kind.MISSING) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    private void putInParts(String name, Path file, long length, String sha256)
            throws ObjectStoreFault, IOException {
        abortOlder(name);
        String upload =
                asked(() ->
                                client.createMultipartUpload(begin ->
                                        begin.bucket(bucket)
                                                .key(key(name))
                                                .metadata(Map.of(HASH, sha256))))
                        .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (long at = 0; at < length; at += PART_BYTES) {
            parts.add(putPart(name, upload, file, at, Math.min(PART_BYTES, length - at)));
        }
        asked(() ->
                client.completeMultipartUpload(end ->
                        end.bucket(bucket)
                                .key(key(name))
                                .uploadId(upload)
                                .multipartUpload(all -> all.parts(parts))));
    }

    private CompletedPart putPart(String name, String upload, Path file, long at, long length)
            throws ObjectStoreFault {
        int number = (int) (at / PART_BYTES) + 1;
        var put =
                asked(() ->
                        client.uploadPart(
                                part ->
                                        part.bucket(bucket)
                                                .key(key(name))
                                                .uploadId(upload)
                                                .partNumber(number)
                                                .overrideConfiguration(patience(length)),
                                body(file, at, length)));
        return CompletedPart.builder().partNumber(number).eTag(put.eTag()).build();
    }

    /// Parts of what was cut off lie in the store, seen by nobody and paid for.
    private void abortOlder(String name) throws ObjectStoreFault {
        var older =
                asked(() ->
                        client.listMultipartUploads(list -> list.bucket(bucket).prefix(key(name))));
        for (var one : older.uploads()) {
            if (one.key().equals(key(name))) {
                asked(() ->
                        client.abortMultipartUpload(abort ->
                                abort.bucket(bucket).key(key(name)).uploadId(one.uploadId())));
            }
        }
    }

    private static RequestBody body(Path file, long at, long length) {
        return RequestBody.fromContentProvider(
                () -> FilePart.open(file, at, length), length, "application/octet-stream");
    }

    private static AwsRequestOverrideConfiguration patience(long bytes) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(PATIENCE.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND))
                .build();
    }

    @Override
    public void fetch(String name, Path into, String sha256) throws ObjectStoreFault, IOException {
        var digest = Sha256.digest();
        long written = 0;
        try (var out = Files.newOutputStream(into)) {
            boolean whole = false;
            for (int turn = 1; !whole; turn++) {
                try (var in = from(name, written)) {
                    var piece = new byte[PIECE_BYTES];
                    for (int got = read(in, piece); got >= 0; got = read(in, piece)) {
                        out.write(piece, 0, got);
                        digest.update(piece, 0, got);
                        written += got;
                        turn = 1; // it moves
                    }
                    whole = true;
                } catch (ObjectStoreFault fault) {
                    if (fault.kind() != Kind.AWAY || turn >= TRIES || written == 0) {
                        throw fault;
                    }
                }
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new ObjectStoreFault(Kind.CHANGED, name + " is not what was put", null);
        }
    }

    private ResponseInputStream<GetObjectResponse> from(String name, long at)
            throws ObjectStoreFault {
        return asked(() ->
                client.getObject(get -> {
                    get.bucket(bucket).key(key(name));
                    if (at > 0) {
                        get.range("bytes=" + at + "-");
                    }
                }));
    }

    private static int read(InputStream in, byte[] piece) throws ObjectStoreFault {
        try {
            return in.read(piece);
        } catch (IOException | SdkException e) {
            throw new ObjectStoreFault(Kind.AWAY, "the line broke: " + e, e);
        }
    }

    @Override
    public void delete(String name) throws ObjectStoreFault {
        asked(() -> client.deleteObject(delete -> delete.bucket(bucket).key(key(name))));
    }

    @Override
    public void check() throws ObjectStoreFault {
        try {
            asked(() -> client.headBucket(head -> head.bucket(bucket)));
        } catch (ObjectStoreFault fault) {
            throw fault.kind() == Kind.MISSING
                    ? new ObjectStoreFault(Kind.NO_BUCKET, "there is no bucket " + bucket, fault)
                    : fault;
        }
    }

    private String key(String name) {
        return prefix + name;
    }

    private static <T> T asked(Supplier<T> call) throws ObjectStoreFault {
        try {
            return call.get();
        } catch (S3Exception e) {
            throw new ObjectStoreFault(kind(e), said(e), e);
        } catch (SdkException e) {
            throw new ObjectStoreFault(Kind.AWAY, String.valueOf(e.getMessage()), e);
        }
    }

    private static Kind kind(S3Exception e) {
        boolean bucket = e.awsErrorDetails() != null && said(e).startsWith("NoSuchBucket");
        return switch (e.statusCode()) {
            case NOT_FOUND, RANGE_IS_EMPTY -> bucket ? Kind.NO_BUCKET : Kind.MISSING;
            case UNAUTHORIZED, FORBIDDEN -> Kind.KEY_REFUSED;
            default -> Kind.AWAY;
        };
    }

    private static String said(S3Exception e) {
        var details = e.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "status " + e.statusCode() : code;
    }

    @Override
    public void close() {
        client.close();
    }
}
