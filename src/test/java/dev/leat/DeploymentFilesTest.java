package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What the files that install Leat promise: read as data, because neither Docker nor a cluster is
/// needed to see a broken promise.
class DeploymentFilesTest {

    private static final Path BASE = Path.of("k8s/base");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void the_kustomization_lists_every_manifest_and_nothing_else() throws IOException {
        var listed = texts(read("kustomization.yaml").path("resources"));

        try (var files = Files.list(BASE)) {
            var manifests =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml"));
            assertThat(listed).containsExactlyInAnyOrderElementsOf(manifests.toList());
        }
    }

    @Test
    void every_manifest_has_a_kind_and_the_same_name() throws IOException {
        for (var file : texts(read("kustomization.yaml").path("resources"))) {
            var manifest = read(file);
            assertThat(manifest.path("apiVersion").asText()).as(file).isNotEmpty();
            assertThat(manifest.path("kind").asText()).as(file).isNotEmpty();
            assertThat(manifest.at("/metadata/name").asText()).as(file).isEqualTo("leat");
            assertThat(manifest.at("/metadata/namespace").isMissingNode()).as(file).isTrue();
        }
    }

    @Test
    void the_pod_meets_the_restricted_pod_security_standard() throws IOException {
        var pod = pod();
        var container = container();

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isGreaterThanOrEqualTo(10_000);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                .isEqualTo("RuntimeDefault");
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/privileged").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(texts(container.at("/securityContext/capabilities/drop")))
                .containsExactly("ALL");
        assertThat(container.at("/securityContext/capabilities/add").isMissingNode()).isTrue();
        assertThat(pod.path("hostNetwork").asBoolean(false)).isFalse();
        assertThat(pod.path("hostPID").asBoolean(false)).isFalse();
        assertThat(values(pod.path("volumes"))).noneMatch(volume -> volume.has("hostPath"));
    }

    @Test
    void the_pod_holds_no_key_to_the_cluster() throws IOException {
        assertThat(pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(read("serviceaccount.yaml").path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
    }

    @Test
    void there_is_never_more_than_one_process_on_the_volume() throws IOException {
        var set = read("statefulset.yaml");

        assertThat(set.path("kind").asText()).isEqualTo("StatefulSet");
        assertThat(set.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/accessModes/0").asText())
                .startsWith("ReadWriteOnce");
    }

    @Test
    void data_are_kept_on_the_volume_and_all_that_is_written_has_a_place() throws IOException {
        var claim =
                read("statefulset.yaml").at("/spec/volumeClaimTemplates/0/metadata/name").asText();
        var mounts = container().path("volumeMounts");

        assertThat(environment("LEAT_DATA_DIRECTORY")).isEqualTo(mountPath(mounts, claim));
        assertThat(mountPath(mounts, "tmp")).isEqualTo("/tmp");
        assertThat(pod().at("/volumes/0/name").asText()).isEqualTo("tmp");
        assertThat(pod().at("/volumes/0").has("emptyDir")).isTrue();
    }

    @Test
    void three_probes_ask_the_management_port_and_it_can_be_reached() throws IOException {
        var container = container();

        assertThat(container.at("/ports/0/name").asText()).isEqualTo("management");
        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(9000);
        assertThat(environment("QUARKUS_MANAGEMENT_HOST")).isEqualTo("0.0.0.0");
        assertProbe(container.path("startupProbe"), "/q/health/started");
        assertProbe(container.path("livenessProbe"), "/q/health/live");
        assertProbe(container.path("readinessProbe"), "/q/health/ready");
    }

    @Test
    void the_dashboard_is_not_reachable_from_the_cluster_while_there_is_no_login()
            throws IOException {
        assertThat(values(container().path("env")))
                .noneMatch(entry -> entry.path("name").asText().equals("QUARKUS_HTTP_HOST"));
        assertThat(values(read("service.yaml").at("/spec/ports")))
                .allMatch(port -> port.path("port").asInt() == 9000);
        var policy = read("networkpolicy.yaml").path("spec");
        assertThat(texts(policy.path("policyTypes"))).containsExactly("Ingress");
        assertThat(policy.path("ingress")).isEmpty();
    }

    @Test
    void every_selector_finds_the_pod() throws IOException {
        var set = read("statefulset.yaml").path("spec");
        var labels = set.at("/template/metadata/labels");

        assertThat(labels).isNotEmpty();
        assertThat(set.at("/selector/matchLabels")).isEqualTo(labels);
        assertThat(read("service.yaml").at("/spec/selector")).isEqualTo(labels);
        assertThat(read("networkpolicy.yaml").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
    }

    @Test
    void memory_is_asked_for_and_limited() throws IOException {
        assertThat(container().at("/resources/requests").has("cpu")).isTrue();
        assertThat(container().at("/resources/requests").has("memory")).isTrue();
        assertThat(container().at("/resources/limits").has("memory")).isTrue();
    }

    @Test
    void no_image_floats() throws IOException {
        assertThat(container().path("image").asText()).contains(":").doesNotEndWith(":latest");
        assertThat(instructions("FROM"))
                .hasSizeGreaterThan(1)
                .allMatch(from -> from.split(" ")[0].contains(":"), "names a version")
                .noneMatch(from -> from.contains(":latest"));
    }

    @Test
    void the_image_runs_as_the_user_whom_the_pod_names() throws IOException {
        var user = pod().at("/securityContext/runAsUser").asText();
        var group = pod().at("/securityContext/runAsGroup").asText();

        assertThat(instructions("USER")).last().isEqualTo(user + ":" + group);
        assertThat(instructions("RUN")).anyMatch(run -> run.contains("useradd --uid " + user));
    }

    @Test
    void the_image_keeps_data_on_a_volume_and_starts_the_server() throws IOException {
        assertThat(instructions("VOLUME")).containsExactly("/data");
        assertThat(instructions("ENV")).anyMatch(env -> env.contains("LEAT_DATA_DIRECTORY=/data"));
        assertThat(instructions("CMD")).containsExactly("[\"serve\"]");
        assertThat(instructions("HEALTHCHECK")).hasSize(1);
    }

    @Test
    void the_image_is_built_from_files_that_exist() throws IOException {
        var own =
                instructions("COPY").stream()
                        .filter(copy -> !copy.contains("--from="))
                        .flatMap(DeploymentFilesTest::sources)
                        .toList();

        assertThat(own).isNotEmpty().allMatch(file -> Files.exists(Path.of(file)), "exists");
    }

    @Test
    void secrets_and_history_stay_out_of_the_build() throws IOException {
        var lines = Files.readAllLines(Path.of(".dockerignore"));
        var admitted = lines.stream().filter(line -> line.startsWith("!")).toList();

        assertThat(lines).contains("*");
        assertThat(admitted)
                .allMatch(
                        line ->
                                Set.of(
                                                "!.mvn",
                                                "!mvnw",
                                                "!pom.xml",
                                                "!src",
                                                "!plugins",
                                                "!workflows",
                                                "!LICENSE")
                                        .contains(line));
    }

    private static void assertProbe(JsonNode probe, String path) {
        assertThat(probe.at("/httpGet/path").asText()).isEqualTo(path);
        assertThat(probe.at("/httpGet/port").asText()).isEqualTo("management");
    }

    private static JsonNode pod() throws IOException {
        return read("statefulset.yaml").at("/spec/template/spec");
    }

    private static JsonNode container() throws IOException {
        assertThat(pod().path("containers")).hasSize(1);
        return pod().at("/containers/0");
    }

    private static String environment(String name) throws IOException {
        return values(container().path("env"))
                .filter(entry -> entry.path("name").asText().equals(name))
                .map(entry -> entry.path("value").asText())
                .findFirst()
                .orElse("");
    }

    private static String mountPath(JsonNode mounts, String volume) {
        return values(mounts)
                .filter(mount -> mount.path("name").asText().equals(volume))
                .map(mount -> mount.path("mountPath").asText())
                .findFirst()
                .orElse("");
    }

    private static JsonNode read(String file) throws IOException {
        return YAML.readTree(BASE.resolve(file).toFile());
    }

    private static Stream<JsonNode> values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> texts(JsonNode array) {
        return values(array).map(JsonNode::asText).toList();
    }

    /// What follows the word in the Dockerfile, continued lines joined.
    private static List<String> instructions(String word) throws IOException {
        var text = Files.readString(Path.of("Dockerfile.native")).replace("\\\n", " ");
        return text.lines()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length()).strip())
                .toList();
    }

    private static Stream<String> sources(String copy) {
        var words = Stream.of(copy.split("\\s+")).filter(word -> !word.startsWith("--")).toList();
        return words.subList(0, words.size() - 1).stream();
    }
}
