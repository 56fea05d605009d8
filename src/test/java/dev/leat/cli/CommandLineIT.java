package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import dev.leat.testing.PackagedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, as a shell starts it.
@Timeout(300)
class CommandLineIT {

    private static final String HELLO =
            """
            {
              "id": "hello",
              "inputs": {"type": "object", "properties": {
                "name": {"type": "string", "default": "world"},
                "n": {"type": "integer", "default": 1}}},
              "tasks": [{"id": "greet", "type": "log",
                         "with": {"message": "Hello, ${ inputs.name }!"}}],
              "outputs": {"name": "${ inputs.name }", "n": "${ inputs.n + 1 }"}
            }
            """;

    private static final String FAILING =
            """
            {"id": "failing", "tasks": [
              {"id": "bad", "type": "shell", "with": {"command": "echo before; exit 3"}},
              {"id": "after", "type": "noop", "dependsOn": ["bad"]}]}
            """;

    private static final String SLOW =
            """
            {"id": "slow",
             "tasks": [{"id": "sleep", "type": "shell", "with": {"command": "echo up; sleep 100"}}],
             "finally": [{"id": "tidy", "type": "log", "with": {"message": "tidied"}}]}
            """;

    @TempDir Path home;
    private final List<Process> started = new ArrayList<>();

    record Result(int code, String out, String err) {}

    @AfterEach
    void end_what_still_runs() throws InterruptedException {
        for (var process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void help_and_version_are_answered_at_once() throws Exception {
        var help = leat("--help");
        assertThat(help.code).isZero();
        assertThat(help.out).contains("Commands:", "Examples:", "Exit codes:", "leat serve");
        assertThat(leat("--version").out).matches("leat \\d+\\.\\d+.*\\R");
        assertThat(leat("run", "--help").out).contains("--inputs", "KEY=VALUE", "Examples:");
        assertThat(leat("help", "validate").out).contains("FILE");
    }

    @Test
    void a_command_line_that_means_nothing_is_refused_in_a_sentence() throws Exception {
        var lines =
                List.of(
                        List.of("rnu"),
                        List.of("run"),
                        List.of("run", "a.json", "--nope"),
                        List.of("run", "a.json", "-i", "x"),
                        List.of("runs", "--state", "done"),
                        List.of("nodes", "--limit", "few"),
                        List.of("run", "a.json", "--priority", "high"),
                        List.of("serve", "--port", "high"),
                        List.of("run", "no-such-file.json"));
        // All at once: most of the time goes into starting each.
        var processes = new ArrayList<Process>();
        for (var words : lines) {
            processes.add(start(words.toArray(String[]::new)));
        }
        for (var words : lines) {
            var result = finished(processes.get(lines.indexOf(words)));
            assertThat(result.code).as("%s", words).isEqualTo(2);
            assertThat(result.err).as("%s", words).startsWith("leat: ").doesNotContain("\tat ");
        }
        assertThat(leat().code).isEqualTo(2);
    }

    @Test
    void a_run_that_succeeds_shows_its_lines_and_outputs() throws Exception {
        var result = leat("run", file("my hello.json", HELLO), "-i", "name=Ada", "-i", "n=41");
        assertThat(result.code).isZero();
        assertThat(result.out).contains("greet | Hello, Ada!", "hello: success", "\"n\" : 42");
        assertThat(result.out).doesNotContain("\u001b");
        assertThat(result.err).isEmpty();
    }

    @Test
    void for_machines_there_is_the_run_as_json_and_nothing_else() throws Exception {
        var result = leat("run", file("hello.json", HELLO), "--json", "--label", "a=b");
        var run = Json.readObject(result.out);
        assertThat(run)
                .containsEntry("state", "SUCCESS")
                .containsEntry("trigger", "cli")
                .containsEntry("labels", Map.of("a", "b"))
                .containsEntry("outputs", Map.of("name", "world", "n", 2L));
        assertThat(leat("run", file("hello.json", HELLO), "-q").out).startsWith("{");
    }

    @Test
    void a_run_that_fails_says_why_and_exits_with_1() throws Exception {
        var result = leat("run", file("failing.json", FAILING));
        assertThat(result.code).isEqualTo(1);
        assertThat(result.out).contains("bad: failed", "exit.3", "| before", "failing: failed");
    }

    @Test
    void inputs_come_from_a_file_or_from_a_pipe() throws Exception {
        var inputs = file("inputs.json", "{\"name\": \"Bob\", \"n\": 1}");
        var result = leat("run", file("hello.json", HELLO), "--inputs", inputs, "-i", "n=9", "-q");
        assertThat(Json.readObject(result.out)).isEqualTo(Map.of("name", "Bob", "n", 10L));
        var piped = start("run", file("hello.json", HELLO), "--inputs", "-", "-q");
        piped.getOutputStream().write("{\"name\": \"Eve\"}".getBytes());
        piped.getOutputStream().close();
        assertThat(finished(piped).out).contains("Eve");
    }

    @Test
    void what_is_wrong_with_a_definition_or_its_inputs_is_refused_with_2() throws Exception {
        var bad = file("bad.json", "{\n  \"id\": \"bad\",\n  \"taks\": []\n}");
        var result = leat("run", bad);
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).contains(bad + ":3:", ": error[", "]: ", "\"taks\"", "^", "tasks");
        var inputs = leat("run", file("hello.json", HELLO), "-i", "n=many");
        assertThat(inputs.code).isEqualTo(2);
        assertThat(inputs.err).contains("/n").doesNotContain("\tat ");
    }

    @Test
    void validate_checks_every_file() throws Exception {
        var good = file("good.json", HELLO);
        var bad = file("bad.json", "{\"id\": \"bad\"}");
        assertThat(leat("validate", good)).matches(result -> result.code == 0);
        var both = leat("validate", good, bad, "missing.json");
        assertThat(both.code).isEqualTo(2);
        assertThat(both.out).contains(good + ": valid (hello, 1 task)", bad, "missing.json");
        assertThat(Json.read(leat("validate", good, bad, "--json").out)).asList().hasSize(2);
        var sarif = leat("validate", home.toString(), "--format", "sarif");
        assertThat(sarif.code).isEqualTo(2);
        assertThat(sarif.out).contains("\"2.1.0\"", "bad.json", "missing-key");
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void runs_and_plugins_are_listed() throws Exception {
        assertThat(leat("runs").out).contains("No runs.");
        leat("run", file("hello.json", HELLO), "-q");
        assertThat(leat("runs").out).contains("hello", "success");
        assertThat(Json.read(leat("runs", "--json", "--state", "failed").out)).asList().isEmpty();
        assertThat(leat("plugins").out).contains("built-in", "shell@1", "log@1");
        assertThat(Json.readObject(leat("plugins", "--json").out)).containsKey("taskTypes");
    }

    @Test
    void nodes_and_pools_are_listed_and_pools_are_given_places() throws Exception {
        assertThat(leat("nodes").out).contains("No nodes.");
        assertThat(leat("pools").out).contains("No pool");
        assertThat(leat("pools", "set", "printer", "3").out)
                .contains("Pool 'printer' has 3 places now.");
        assertThat(leat("pools").out).containsPattern("printer +3 +3");
        assertThat(leat("pools", "delete", "printer").out).contains("has 1 place again");
        for (var words :
                List.of(
                        List.of("pools", "delete", "printer"),
                        List.of("pools", "set", "Printer", "3"),
                        List.of("pools", "set", "printer", "100001"),
                        List.of("pools", "set", "printer", "many"),
                        List.of("pools", "set", "printer"),
                        List.of("pools", "grow", "printer"))) {
            var result = leat(words.toArray(String[]::new));
            assertThat(result.code).as("%s", words).isEqualTo(2);
            assertThat(result.err).as("%s", words).startsWith("leat: ").doesNotContain("\tat ");
        }
    }

    @Test
    void the_server_that_holds_the_data_is_asked_for_nodes_and_pools() throws Exception {
        var server = start("serve", "--port", "0", "--management-port", "0");
        awaitOutput(server, "serves http://localhost:");
        var nodes = leat("nodes");
        assertThat(nodes.code).isZero();
        assertThat(nodes.out).contains("HEARD OF", "live", "0/64", "http://127.0.0.1:");
        var node = (Map<?, ?>) ((List<?>) Json.read(leat("nodes", "--json").out)).getFirst();
        assertThat(node.get("self")).isEqualTo(true);
        var data = home.resolve("data").toString();
        assertThat(leat("pools", "--data", data, "set", "printer", "2").out).contains("2 places");
        assertThat(leat("pools", "set", "printer", "100001"))
                .matches(result -> result.code == 2 && result.err.contains("from 0 to 100000"));
        assertThat(Json.write(Json.read(leat("pools", "--json").out)))
                .contains("\"name\":\"printer\"", "\"places\":2");
        assertThat(leat("pools", "delete", "printer").code).isZero();
        assertThat(leat("pools", "delete", "printer").err).contains("'printer'");
        var hello = file("hello.json", HELLO);
        assertThat(Json.readObject(leat("run", hello, "--priority", "-3", "--json").out))
                .containsEntry("priority", -3L)
                .containsEntry("node", node.get("id"));
        assertThat(leat("run", hello, "--priority", "101").err).contains("from -100 to 100");
    }

    @Test
    void ctrl_c_cancels_the_run_and_what_comes_last_still_runs() throws Exception {
        var process = start("run", file("slow.json", SLOW));
        awaitOutput(process, "sleep | up");
        interrupt(process);
        var result = finished(process);
        assertThat(result.code).isEqualTo(1);
        assertThat(result.out).contains("tidy | tidied", "slow: cancelled");
        assertThat(result.err).contains("cancelling");
    }

    @Test
    void with_a_server_the_run_goes_there_and_shows_the_same() throws Exception {
        var server = start("serve", "--port", "0", "--management-port", "0");
        awaitOutput(server, "serves http://localhost:");
        var hello = leat("run", file("hello.json", HELLO), "-i", "name=Ada");
        assertThat(hello.code).isZero();
        assertThat(hello.out)
                .contains("greet | Hello, Ada!", "hello: success", "\"name\" : \"Ada\"");
        var failing = leat("run", file("failing.json", FAILING));
        assertThat(failing.code).isEqualTo(1);
        assertThat(failing.out).contains("bad: failed", "exit.3", "| before");
        assertThat(leat("run", file("bad.json", "{\n\"id\": 3}")).code).isEqualTo(2);
        assertThat(leat("runs").out).contains("hello", "failing");
        var slow = start("run", file("slow.json", SLOW));
        awaitOutput(slow, "sleep | up");
        interrupt(slow);
        assertThat(finished(slow).out).contains("tidy | tidied", "slow: cancelled");
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(leat("runs").out).contains("hello", "failing");
    }

    @Test
    void a_port_that_is_taken_is_said_so() throws Exception {
        try (var taken =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var result = leat("serve", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(result.code).isEqualTo(2);
            assertThat(result.err).contains("Port " + taken.getLocalPort(), "--port");
        }
    }

    @Test
    void a_setting_that_nothing_could_work_with_is_refused_in_a_sentence() throws Exception {
        for (var words :
                List.of(
                        List.of("serve", "--port", "0", "--management-port", "0"),
                        List.of("run", file("hello.json", HELLO)))) {
            var result =
                    finished(
                            start(
                                    List.of("-Dleat.engine.max-running-tasks=0"),
                                    words.toArray(String[]::new)));
            assertThat(result.code).as("%s", words).isEqualTo(2);
            assertThat(result.out + result.err)
                    .as("%s", words)
                    .contains("leat.engine.max-running-tasks is 0; it must be at least 1.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_server_that_others_could_reach_does_not_start() throws Exception {
        var process =
                start(
                        List.of("-Dquarkus.http.host=0.0.0.0"),
                        "serve",
                        "--port",
                        "0",
                        "--management-port",
                        "0");
        var result = finished(process);
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).contains("leat: quarkus.http.host is '0.0.0.0'");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    private Result leat(String... words) throws Exception {
        var process = start(words);
        process.getOutputStream().close();
        return finished(process);
    }

    private Process start(String... words) throws IOException {
        return start(List.of(), words);
    }

    private Process start(List<String> settings, String... words) throws IOException {
        var options = new ArrayList<>(settings);
        options.add("-Dstdout.encoding=UTF-8");
        var command = PackagedProgram.built().command(options);
        command.addAll(List.of(words));
        int number = started.size();
        var process =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectOutput(home.resolve(number + ".out").toFile())
                        .redirectError(home.resolve(number + ".err").toFile())
                        .start();
        started.add(process);
        return process;
    }

    private Result finished(Process process) throws Exception {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        int number = started.indexOf(process);
        return new Result(
                process.exitValue(),
                Files.readString(home.resolve(number + ".out")),
                Files.readString(home.resolve(number + ".err")));
    }

    private void awaitOutput(Process process, String text) throws IOException {
        var file = home.resolve(started.indexOf(process) + ".out");
        while (!Files.readString(file).contains(text)) {
            assertThat(process.isAlive()).as("it still runs").isTrue();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    }
}
