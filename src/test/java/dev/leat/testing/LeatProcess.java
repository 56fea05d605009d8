package dev.leat.testing;

import dev.leat.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The packaged program as a process of its own: started, asked over HTTP, killed, and started
/// again on the same data.
public final class LeatProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /// Something else may have the port for a moment, and say nothing.
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(20).toNanos();

    private final PackagedProgram program;
    private final Path data;
    private final int port;
    private final int managementPort;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable Process process;

    public LeatProcess(Path data) {
        this(PackagedProgram.built(), data);
    }

    public LeatProcess(PackagedProgram program, Path data) {
        this.program = program;
        this.data = data;
        this.port = FreePort.next();
        this.managementPort = FreePort.next();
    }

    /// What a terminal command printed and how it ended.
    public record Printed(int exitCode, String out, String err) {}

    /// Options for the JVM of all that is started from now on, such as settings: `-Dleat.…`.
    public LeatProcess with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /// A variable in the environment of all that is started from now on.
    public LeatProcess withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Whether load balancers may send it requests.
    public boolean isReady() {
        var ready = HttpRequest.newBuilder(managementAddress("/q/health/ready")).timeout(PATIENCE);
        return send(ready.GET().build()).statusCode() == 200;
    }

    /// Starts the server and returns once it answers.
    public LeatProcess serve() {
        launch();
        until("the server answers", () -> answers() ? Boolean.TRUE : null);
        return this;
    }

    /// Starts the server and doesn't wait for anything.
    public void launch() {
        process =
                start(
                        List.of(
                                "serve",
                                "--port",
                                Integer.toString(port),
                                "--management-port",
                                Integer.toString(managementPort)),
                        "server.log");
    }

    /// Whether it has begun to answer; false once it has ended.
    public boolean servesAfterLaunch() {
        try {
            return until(
                    "the server answers or ends",
                    () -> isAlive() ? answers() ? Boolean.TRUE : null : Boolean.FALSE);
        } catch (AssertionError inVain) {
            throw new AssertionError(
                    inVain.getMessage() + "; it does:\n" + threads() + "\nand said:\n" + log(),
                    inVain);
        }
    }

    /// What each thread of the server is at.
    private String threads() {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            var printed = Files.createTempFile(data, "threads", ".txt");
            new ProcessBuilder(jcmd, String.valueOf(pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start()
                    .waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Files.readString(printed);
        } catch (IOException e) {
            return "not known: " + e;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /// @return false where it is still running when the time is up
    public boolean ends(Duration atMost) {
        try {
            return process == null || process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return started().pid();
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public URI managementAddress(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    public Path data() {
        return data.resolve("data");
    }

    /// Runs a terminal command on the same data to its end.
    public Printed command(String... arguments) {
        try {
            var out = Files.createTempFile(data, "out", ".txt");
            var err = Files.createTempFile(data, "err", ".txt");
            var ended =
                    builder(List.of(arguments))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!ended.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                ended.destroyForcibly();
                throw new AssertionError("leat " + String.join(" ", arguments) + " did not end");
            }
            return new Printed(ended.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As `kill -9` does: nothing is told, nothing is flushed.
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /// As a service manager does: asks, and waits.
    ///
    /// @return the exit code
    public int terminate() {
        askToStop();
        return exitCode();
    }

    /// As a service manager does: asks, by SIGTERM, and doesn't wait.
    public void askToStop() {
        started().destroy();
    }

    /// Waits for its end.
    public int exitCode() {
        return started().onExit().join().exitValue();
    }

    public Map<String, @Nullable Object> get(String path) {
        return Json.readObject(send(request(path).GET().build()).body());
    }

    public String page(String path) {
        return send(request(path).header("Accept", "text/html").GET().build()).body();
    }

    public HttpResponse<String> post(String path, Object json) {
        var request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(json)))
                        .build();
        return send(request);
    }

    /// Starts a definition once and answers the run's id.
    public String start(String definition) {
        var answer = post("/api/runs", Map.of("definition", Json.readObject(definition)));
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return String.valueOf(Json.readObject(answer.body()).get("id"));
    }

    /// The run once it is as wanted.
    public Map<String, @Nullable Object> run(
            String id, Predicate<Map<String, @Nullable Object>> wanted) {
        return until(
                "run " + id + " is as wanted",
                () -> {
                    var run = get("/api/runs/" + id);
                    return wanted.test(run) ? run : null;
                });
    }

    public Map<String, @Nullable Object> ended(String id) {
        return run(
                id,
                run ->
                        List.of("SUCCESS", "FAILED", "CANCELLED", "TIMED_OUT")
                                .contains(run.get("state")));
    }

    @Override
    public void close() {
        kill();
    }

    private Process started() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private boolean answers() {
        if (!isAlive()) {
            throw new AssertionError("the server has ended: " + log());
        }
        try {
            var question = request("/api/workflows").timeout(TO_ANSWER).GET().build();
            return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String log() {
        try {
            return Files.readString(data.resolve("server.log"));
        } catch (IOException e) {
            return "no log";
        }
    }

    private Process start(List<String> arguments, String log) {
        try {
            return builder(arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve(log).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        var command = program.command(options);
        command.addAll(arguments);
        command.addAll(List.of("--data", data.resolve("data").toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T until(String what, Supplier<@Nullable T> look) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var seen = look.get();
            if (seen != null) {
                return seen;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        throw new AssertionError("waited in vain until " + what);
    }
}
