import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The packaged program, started as users start it and asked as users ask it.
final class Server implements AutoCloseable {

    private static final Duration STARTING = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Site site;
    private final String url;
    private final double readyMillis;
    private final Http http;

    private Server(Process process, Site site, String url, long from) throws Exception {
        this.process = process;
        this.site = site;
        this.url = url;
        this.http = connectWhenReady(from);
        this.readyMillis = (System.nanoTime() - from) / 1e6;
    }

    /// Returns with the first answer of the API.
    ///
    /// @param settings such as `leat.engine.max-running-tasks=8`
    static Server start(Site site, String... settings) throws Exception {
        int port = freePort();
        var builder =
                new ProcessBuilder(
                                "./leat",
                                "serve",
                                "--port=" + port,
                                "--management-port=0",
                                "--data=" + site.data(),
                                "--workflows=" + site.workflows())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(log(site).toFile()));
        var environment = builder.environment();
        environment.put("LEAT_DATABASE_URL", site.database());
        var options = new StringBuilder(environment.getOrDefault("LEAT_JAVA_OPTIONS", ""));
        for (var setting : settings) {
            options.append(" -D").append(setting);
        }
        environment.put("LEAT_JAVA_OPTIONS", options.toString());
        long from = System.nanoTime();
        return new Server(builder.start(), site, "http://127.0.0.1:" + port, from);
    }

    private static Path log(Site site) {
        return site.folder().resolve("server.log");
    }

    /// Known before the start, so that nothing has to be read before the first question.
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Http connectWhenReady(long from) throws Exception {
        while (process.isAlive() && System.nanoTime() - from < STARTING.toNanos()) {
            try {
                var connection = new Http(url);
                if (connection.ask("GET", "/api/system", "").status() == 200) {
                    return connection;
                }
                connection.close();
            } catch (IOException _) {
                // It doesn't listen yet.
            }
            // Often enough to tell, and seldom enough to leave the processors to what is measured.
            Thread.sleep(10);
        }
        process.destroyForcibly().waitFor();
        throw new IllegalStateException("The server didn't start:\n" + Files.readString(log(site)));
    }

    Site site() {
        return site;
    }

    /// From the start of the process to the first answer.
    double readyMillis() {
        return readyMillis;
    }

    long pid() {
        return process.pid();
    }

    /// The connection that is there already; for one thread at a time.
    Http http() {
        return http;
    }

    Http connect() throws IOException {
        return new Http(url);
    }

    void put(String workflow, String definition) throws IOException {
        http.put("/api/workflows/" + workflow, definition);
    }

    /// Starts a run and waits for its end, in one request.
    void run(String workflow) throws IOException {
        run(http, workflow, "{}");
    }

    static void run(Http http, String workflow, String body) throws IOException {
        var answer = http.post("/api/workflows/" + workflow + "/runs?wait=60s", body);
        // Enough to know: a run that has ended answers with its own state first.
        if (!answer.contains("\"state\":\"SUCCESS\"")) {
            throw new IllegalStateException(
                    "A run didn't succeed: " + answer.substring(0, Math.min(2_000, answer.length())));
        }
    }

    /// Starts a run and doesn't wait.
    ///
    /// @return its id
    static String submit(Http http, String workflow, String body) throws IOException {
        var answer = http.post("/api/workflows/" + workflow + "/runs", body);
        var at = answer.indexOf("\"id\":\"") + 6;
        return answer.substring(at, answer.indexOf('"', at));
    }

    /// Returns once no run of the workflow is under way.
    void awaitAllEnded(String workflow, Duration atMost) throws Exception {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (any(workflow, "running") || any(workflow, "queued")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Runs are still under way after " + atMost);
            }
            Thread.sleep(10);
        }
    }

    private boolean any(String workflow, String state) throws IOException {
        var found =
                http.get("/api/runs?workflow=%s&state=%s&limit=1".formatted(workflow, state));
        return found.contains("\"state\":");
    }

    JsonNode system() throws IOException {
        return JSON.readTree(http.get("/api/system"));
    }

    /// What the server and its database have spent until now.
    Cost cost() throws Exception {
        var journal = system().path("journal");
        return new Cost(
                journal.path("commits").asLong(),
                journal.path("transitions").asLong(),
                Processes.cpuMillis(pid()),
                site.storage().cpuMillis());
    }

    /// As a power failure of the process, not of the machine: SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws Exception {
        http.close();
        stop();
    }
}
