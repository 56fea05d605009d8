import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/// The packaged program, started as users start it, and asked as users ask it.
final class Server implements AutoCloseable {

    private static final Duration STARTING = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    private Server(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static Server start(Path folder) throws Exception {
        var data = folder.resolve("data");
        var workflows = Files.createDirectory(folder.resolve("workflows"));
        var log = folder.resolve("server.log");
        var process =
                new ProcessBuilder(
                                "./leat",
                                "serve",
                                "--port=0",
                                "--management-port=0",
                                "--data=" + data,
                                "--workflows=" + workflows)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var address = data.resolve("server.url");
        long deadline = System.nanoTime() + STARTING.toNanos();
        while (!Files.exists(address) || Files.size(address) == 0) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "The server didn't start:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
        return new Server(process, Files.readString(address).strip());
    }

    void put(String workflow, String definition) throws Exception {
        send(request("/api/workflows/" + workflow).PUT(BodyPublishers.ofString(definition)));
    }

    /// Starts a run and waits for its end, in one request.
    void run(String workflow) throws Exception {
        var answer =
                send(
                        request("/api/workflows/" + workflow + "/runs?wait=60s")
                                .POST(BodyPublishers.ofString("{}")));
        // Enough to know: a run that has ended answers with its own state first.
        if (!answer.contains("\"state\":\"SUCCESS\"")) {
            throw new IllegalStateException(
                    "A run didn't succeed: " + answer.substring(0, Math.min(2_000, answer.length())));
        }
    }

    ObjectNode system() throws Exception {
        return (ObjectNode) JSON.readTree(send(request("/api/system").GET()));
    }

    /// What the server has spent since it started.
    Cost cost() throws Exception {
        var journal = system().path("journal");
        return new Cost(
                journal.path("commits").asLong(),
                journal.path("transitions").asLong(),
                process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(120));
    }

    private String send(HttpRequest.Builder request) throws Exception {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /// @param commits of the journal, each of which is one fsync
    record Cost(double commits, double transitions, double cpuMillis) {

        Cost since(Cost before) {
            return new Cost(
                    commits - before.commits,
                    transitions - before.transitions,
                    cpuMillis - before.cpuMillis);
        }
    }
}
