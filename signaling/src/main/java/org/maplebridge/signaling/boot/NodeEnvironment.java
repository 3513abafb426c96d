package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Decides, before anything is built, whether this is a demo node, where it may listen, and which
/// certificate it shows.
final class NodeEnvironment implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    static final String DEMO_ACTIVE = "maplebridge.internal.demo-active";
    static final String DEMO_PASSWORD_FILE = "demo-password";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        var data = MaplebridgeProperties.data(environment);
        boolean demo = isDemo(environment, data);
        var properties = MaplebridgeProperties.read(environment, demo);
        var decided = new HashMap<String, Object>();
        decided.put(DEMO_ACTIVE, Boolean.toString(demo));
        if (demo) {
            keepToLoopback(environment, properties.demo(), decided);
        }
        if (properties.tls().enabled()) {
            showCertificate(properties, decided);
        }
        environment.getPropertySources().addFirst(new MapPropertySource("node", decided));
    }

    /// A data directory that began as a demo stays one, whatever was asked for at its first start.
    private static boolean isDemo(ConfigurableEnvironment environment, Path data) {
        @Nullable Boolean asked = environment.getProperty("maplebridge.demo", Boolean.class);
        if (asked != null) {
            return asked;
        }
        return environment.getActiveProfiles().length == 0
                && (isNew(data) || Files.exists(data.resolve(DEMO_PASSWORD_FILE)));
    }

    private static boolean isNew(Path data) {
        if (!Files.isDirectory(data)) {
            return true;
        }
        try (var entries = Files.list(data)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + data, e);
        }
    }

    /// Demo accounts share one password that many people may know.
    private static void keepToLoopback(
            ConfigurableEnvironment environment,
            MaplebridgeProperties.Demo demo,
            Map<String, Object> decided) {
        @Nullable String address = environment.getProperty("server.address");
        if (address == null || address.isBlank()) {
            decided.put("server.address", "127.0.0.1");
        } else if (!demo.expose() && !isLoopback(address)) {
            throw new StartRefused(
                    "A demo node does not listen on "
                            + address
                            + ": all its accounts share one password.",
                    "Leave server.address away, or say --maplebridge.demo.expose=true.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartRefused(
                    "server.address " + address + " is no address of this machine.",
                    "Give an IP address or leave it away.",
                    e);
        }
    }

    private static void showCertificate(
            MaplebridgeProperties properties, Map<String, Object> decided) {
        @Nullable String certificate = properties.tls().certificate();
        @Nullable String key = properties.tls().key();
        if (certificate == null || key == null) {
            var made = SelfSignedCertificate.in(properties.data().resolve("tls"));
            certificate = made.certificate().toString();
            key = made.key().toString();
        }
        decided.put("server.ssl.certificate", "file:" + certificate);
        decided.put("server.ssl.certificate-private-key", "file:" + key);
    }
}
