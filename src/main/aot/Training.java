import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/// Lets the JDK learn the packaged program: starts it, uses it a little, and has the JDK keep which classes it took, loaded
/// and linked (an AOT cache, JEP 483 and 514). With that file a start takes half the processor time. Not which methods were
/// busy (JEP 515): with that the JIT is busy with them while Leat starts, and what it makes of so short a use is slower.
///
/// ```
/// java src/main/aot/Training.java <quarkus-app folder> <cache file> [Java flags of the program …]
/// ```
///
/// Afterwards: `java <the same flags> -XX:AOTCache=<cache file> -jar <quarkus-app folder>/leat-run.jar …`. A JDK that a
/// cache wasn't made by, or jars that changed since, make the JDK ignore it.
final class Training {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_END = Duration.ofMinutes(5);
    private static final int RUNS = 200;
    private static final String WORKFLOW =
            """
            {"id": "training",
             "inputs": {"type": "object", "properties": {"name": {"type": "string", "default": "world"}}},
             "tasks": [
               {"id": "a", "type": "noop"},
               {"id": "b", "type": "template", "dependsOn": ["a"], "with": {"text": "Hello, ${ inputs.name }!"}},
               {"id": "c", "type": "transform", "dependsOn": ["b"], "with": {"value": "${ size(tasks.b.output) }"}},
               {"id": "d", "type": "log", "dependsOn": ["c"], "with": {"message": "${ tasks.c.output }"}}],
             "outputs": {"length": "${ tasks.c.output }"}}
            """;
    private static final List<String> PAGES =
            List.of(
                    "/", "/runs", "/workflows", "/workflows/training", "/system",
                    "/api/runs", "/api/workflows", "/api/system");

    /// Classes of which the JDK would keep none, and which each command takes.
    private static final String OLD = "lib/main/info.picocli.picocli-";

    private static final Path SOURCES = Path.of(System.getProperty("jdk.launcher.sourcefile")).toAbsolutePath().getParent();

    private final Path application;
    private final Path cache;
    private final List<String> flags;
    private final HttpClient client = HttpClient.newHttpClient();

    private Training(Path application, Path cache, List<String> flags) {
        this.application = application;
        this.cache = cache;
        this.flags = flags;
    }

    public static void main(String... arguments) throws Exception {
        var training =
                new Training(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Path.of(arguments[1]).toAbsolutePath(),
                        Arrays.asList(arguments).subList(2, arguments.length));
        System.exit(training.carryOut() ? 0 : 1);
    }

    /// Whether there is a cache now. One that is there already is replaced at once or not at all.
    private boolean carryOut() throws Exception {
        var fresh = cache.resolveSibling(cache.getFileName() + "." + ProcessHandle.current().pid());
        var folder = Files.createTempDirectory("leat-training-");
        try {
            var builtAt = builtAt();
            makeLauncher();
            var learnt = serve(folder, fresh) && Files.exists(fresh);
            // Jars that were exchanged meanwhile are others than those it was made from.
            if (learnt && builtAt.equals(builtAt())) {
                Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
                return true;
            }
            return false;
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + ".config"));
            delete(folder);
        }
    }

    private FileTime builtAt() throws IOException {
        return Files.getLastModifiedTime(application.resolve("quarkus-run.jar"));
    }

    /// The JDK keeps only classes of its own class loader, and the packaged program brings one along. So this jar leads to
    /// the same jars in the same order without it.
    private void makeLauncher() throws IOException {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        try (var packaged = new JarFile(application.resolve("quarkus-run.jar").toFile())) {
            attributes.putAll(packaged.getManifest().getMainAttributes());
        }
        attributes.put(Attributes.Name.MAIN_CLASS, "dev.leat.cli.LeatMain");
        var jars = new ArrayList<>(List.of("quarkus/transformed-bytecode.jar", "quarkus/generated-bytecode.jar"));
        for (var folder : List.of("app", "lib/boot", "lib/main")) {
            try (var files = Files.list(application.resolve(folder))) {
                files.map(file -> folder + "/" + file.getFileName()).sorted().forEach(jars::add);
            }
        }
        jars.removeIf(jar -> !Files.exists(application.resolve(jar)));
        for (var at = jars.listIterator(); at.hasNext(); ) {
            var jar = at.next();
            if (jar.startsWith(OLD)) {
                at.set(renew(jar));
            }
        }
        attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", jars));
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(at2020(JarFile.MANIFEST_NAME));
            manifest.write(zip);
            zip.putNextEntry(at2020("Preload.class"));
            zip.write(compiled("Preload"));
        }
        put(application.resolve("leat-run.jar"), bytes.toByteArray());
    }

    private static ZipEntry at2020(String name) {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0));
        return entry;
    }

    private static byte[] compiled(String name) throws IOException {
        var folder = Files.createTempDirectory("leat-preload-");
        try {
            var source = SOURCES.resolve(name + ".java").toString();
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source) != 0) {
                throw new IllegalStateException(source + " can't be compiled.");
            }
            return Files.readAllBytes(folder.resolve(name + ".class"));
        } finally {
            delete(folder);
        }
    }

    /// @return the jar that takes its place
    private String renew(String jar) throws IOException {
        var renewed = "renewed/" + Path.of(jar).getFileName();
        Files.createDirectories(application.resolve("renewed"));
        put(application.resolve(renewed), RenewedJar.of(application.resolve(jar)));
        return renewed;
    }

    /// A process that runs may have it open, so it is replaced, and only where it is another.
    private static void put(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            var written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private boolean serve(Path folder, Path fresh) throws Exception {
        var data = folder.resolve("data");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(
                List.of(
                        "-XX:AOTCacheOutput=" + fresh,
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-AOTRecordTraining",
                        "-Dpreload=" + SOURCES.resolve("postgresql.classes"),
                        "-cp",
                        application.resolve("leat-run.jar").toString(),
                        "Preload",
                        "serve",
                        "--port=0",
                        "--management-port=0",
                        "--data=" + data,
                        "--workflows=" + Files.createDirectory(folder.resolve("workflows"))));
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("server.log").toFile())
                        .start();
        try {
            use(awaitAddress(data.resolve("server.url"), process));
            process.destroy();
            // What it learnt it writes as it ends.
            return process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String awaitAddress(Path address, Process process) throws Exception {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.exists(address) || Files.size(address) == 0) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The server didn't start.");
            }
            Thread.sleep(50);
        }
        return Files.readString(address).strip();
    }

    /// What most users do first. Answers don't matter.
    private void use(String url) throws Exception {
        ask(HttpRequest.newBuilder(URI.create(url + "/api/workflows/training")).PUT(BodyPublishers.ofString(WORKFLOW)));
        String run = "";
        for (int i = 0; i < RUNS; i++) {
            var start = HttpRequest.newBuilder(URI.create(url + "/api/workflows/training/runs?wait=60s"));
            run = ask(start.POST(BodyPublishers.ofString("{}")));
        }
        var id = run.replaceFirst("(?s).*?\"id\":\"(\\w+)\".*", "$1");
        var pages = new ArrayList<>(PAGES);
        pages.addAll(List.of("/runs/" + id, "/api/runs/" + id, "/api/runs/" + id + "/logs"));
        for (var page : pages) {
            ask(HttpRequest.newBuilder(URI.create(url + page)).GET());
        }
    }

    private String ask(HttpRequest.Builder request) throws Exception {
        var asked =
                request.header("Content-Type", "application/json")
                        .header("Accept", "text/html, application/json")
                        .timeout(Duration.ofMinutes(2))
                        .build();
        return client.send(asked, BodyHandlers.ofString()).body();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
