package org.maplebridge.signaling.objects.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/// Makes the client: our own endpoint and key alone, nothing from the machine's surroundings, and
/// nothing that only Amazon's own store understands.
final class S3Line {
    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;

    private S3Line() {}

    /// @throws IOException when the authority's file is none
    static S3Client open(S3Place place) throws IOException {
        var http =
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTING)
                        .socketTimeout(SILENCE);
        @Nullable Path authority = place.authority();
        if (authority != null) {
            TrustManager[] trusted = trusting(authority);
            http.tlsTrustManagersProvider(() -> trusted);
        }
        return S3Client.builder()
                .httpClientBuilder(http)
                .endpointOverride(place.endpoint())
                .region(Region.of(place.region()))
                .forcePathStyle(place.pathStyle())
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(place.accessKey(), place.secretKey())))
                .authSchemeProvider(payloadSigned())
                .serviceConfiguration(own -> own.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        own -> own.retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)))
                .build();
    }

    /// The hash of what is sent is signed with it, over TLS as well: every store proves that, while
    /// few know the newer checksums.
    private static S3AuthSchemeProvider payloadSigned() {
        var usual = S3AuthSchemeProvider.defaultProvider();
        return asked ->
                usual.resolveAuthScheme(asked).stream()
                        .map(option ->
                                option.toBuilder()
                                        .putSignerProperty(
                                                AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                                        .putSignerProperty(
                                                AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, false)
                                        .build())
                        .toList();
    }

    private static TrustManager[] trusting(Path authority) throws IOException {
        try (var in = Files.newInputStream(authority)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, one);
            }
            if (number == 0) {
                throw new IOException(authority + " holds no certificate");
            }
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " holds no certificate", e);
        }
    }
}
