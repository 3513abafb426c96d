package org.maplebridge.signaling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The files in `deploy` say what the server understands, and agree with each other.
class DeploymentFilesTest {
    private static final String APP = "app.kubernetes.io/name";
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:MAPLEBRIDGE|SERVER)_[A-Z_]+");
    private static final Pattern PROPERTY =
            Pattern.compile("`((?:maplebridge|server)\\.[a-z.-]+)((?:`, `\\.[a-z-]+)*)");
    private static final Pattern MORE = Pattern.compile("`(\\.[a-z-]+)");

    @Test
    void everySettingIsOneThatIsExplained() throws IOException {
        var known = new TreeSet<String>(List.of("MAPLEBRIDGE_JAVA_OPTIONS"));
        var named = PROPERTY.matcher(Files.readString(Shell.file("docs/operations.md")));
        while (named.find()) {
            known.add(variable(named.group(1)));
            var more = MORE.matcher(named.group(2));
            while (more.find()) { // `maplebridge.database.url`, `.user`
                int last = named.group(1).lastIndexOf('.');
                known.add(variable(named.group(1).substring(0, last) + more.group(1)));
            }
        }
        var unknown = new TreeSet<String>();
        for (Path file : files("")) {
            var used = VARIABLE.matcher(Files.readString(file));
            while (used.find()) {
                if (!known.contains(used.group())) {
                    unknown.add(used.group() + " in " + file.getFileName());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyYamlFileIsOne() throws IOException {
        List<Path> yaml = files(".yaml");
        assertThat(yaml).hasSizeGreaterThan(6);
        for (Path file : yaml) {
            assertThat(documents(file)).as("%s", file).isNotEmpty().doesNotContainNull();
        }
    }

    @Test
    void theKubernetesFilesFindEachOther() throws IOException {
        Path folder = Shell.file("deploy/kubernetes");
        var objects = new ArrayList<Map<?, ?>>();
        for (Object name :
                list(documents(folder.resolve("kustomization.yaml")).getFirst(), "resources")) {
            objects.addAll(documents(folder.resolve(String.valueOf(name))));
        }
        Map<?, ?> nodes = only(objects, "StatefulSet");
        Object pod = at(nodes, "spec.template");

        assertThat(at(nodes, "spec.selector.matchLabels")).isEqualTo(at(pod, "metadata.labels"));
        assertThat(at(only(objects, "PodDisruptionBudget"), "spec.selector.matchLabels"))
                .isEqualTo(at(pod, "metadata.labels"));
        for (Map<?, ?> object : objects) {
            if ("Service".equals(object.get("kind"))) {
                assertThat(at(object, "spec.selector")).isEqualTo(at(pod, "metadata.labels"));
            }
        }
        assertThat(at(pod, "spec.hostNetwork")).isEqualTo(true);
        assertThat(String.valueOf(at(pod, "spec.affinity.podAntiAffinity")))
                .contains("requiredDuringScheduling", "kubernetes.io/hostname", APP);
        String members =
                String.valueOf(at(only(objects, "ConfigMap"), "data.MAPLEBRIDGE_CLUSTER_MEMBERS"));
        assertThat(members.split(",", -1)).hasSize((Integer) at(nodes, "spec.replicas"));
        assertThat(members).contains("." + at(nodes, "spec.serviceName") + ".");
    }

    @Test
    void livenessAndReadinessAreAskedAtTheirOwnDoors() throws IOException {
        Object pod =
                at(
                        documents(Shell.file("deploy/kubernetes/nodes.yaml")).getFirst(),
                        "spec.template");
        Object node = list(pod, "spec.containers").getFirst();
        assertThat(at(node, "livenessProbe.httpGet.path"))
                .isEqualTo("/actuator/health/liveness")
                .isEqualTo(at(node, "startupProbe.httpGet.path"));
        assertThat(at(node, "readinessProbe.httpGet.path")).isEqualTo("/actuator/health/readiness");
        assertThat(Files.readString(Shell.file("deploy/container/healthy")))
                .contains("/actuator/health/liveness");
    }

    @Test
    void theNodesOfOneMachineDoNotShareAPort() throws IOException {
        Map<?, ?> file = documents(Shell.file("deploy/container/compose.cluster.yaml")).getFirst();
        for (String port :
                List.of("SERVER_PORT", "MAPLEBRIDGE_MEDIA_PORT", "MAPLEBRIDGE_CLUSTER_PORT")) {
            var taken = new TreeSet<String>();
            for (String node : List.of("node1", "node2", "node3")) {
                assertThat(at(file, "services." + node + ".network_mode")).isEqualTo("host");
                taken.add(String.valueOf(at(file, "services." + node + ".environment." + port)));
            }
            assertThat(taken).hasSize(3).doesNotContain("null");
        }
    }

    // ---- reading
    // ---------------------------------------------------------------------------------

    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static List<Path> files(String ending) throws IOException {
        try (var files = Files.walk(Shell.file("deploy"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
        }
    }

    private static List<Map<?, ?>> documents(Path file) throws IOException {
        var documents = new ArrayList<Map<?, ?>>();
        for (Object document :
                new Yaml(new SafeConstructor(new LoaderOptions()))
                        .loadAll(Files.readString(file))) {
            documents.add((Map<?, ?>) document);
        }
        return documents;
    }

    private static Map<?, ?> only(List<Map<?, ?>> objects, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    private static List<?> list(Object from, String path) {
        return (List<?>) at(from, path);
    }

    private static Object at(Object from, String path) {
        Object here = from;
        for (String key : path.split("\\.", -1)) {
            Object next = ((Map<?, ?>) here).get(key);
            if (next == null) {
                throw new AssertionError("nothing at " + path);
            }
            here = next;
        }
        return here;
    }
}
