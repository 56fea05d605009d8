import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where one benchmark takes place: a folder on disk, a database, and the servers on them. Closing
/// it ends and deletes them all.
final class Bed implements AutoCloseable {

    private static final int LINES_TOLD = 100;

    private final Storage storage;
    private final boolean quick;
    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int sites;
    private Ceiling ceiling;

    Bed(String name, Storage storage, boolean quick, Path folder) throws Exception {
        this.storage = storage;
        this.quick = quick;
        this.folder = Files.createDirectory(folder.resolve(name + "-" + storage.kind()));
    }

    Path folder() {
        return folder;
    }

    Storage storage() {
        return storage;
    }

    boolean quick() {
        return quick;
    }

    /// The one number for a measurement that counts, the other for one that only proves that it
    /// works.
    int size(int full, int whenQuick) {
        return quick ? whenQuick : full;
    }

    /// A data directory, a folder of workflows and a database with nothing in them.
    Site site() throws Exception {
        var path = Files.createDirectory(folder.resolve("site-" + ++sites));
        var data = Files.createDirectory(path.resolve("data"));
        var workflows = Files.createDirectory(path.resolve("workflows"));
        return new Site(path, data, workflows, storage.database(data.resolve("leat.db")), storage);
    }

    /// The ends of the servers' logs, which are deleted with the bed.
    void tellLogs() throws Exception {
        try (var files = Files.walk(folder)) {
            for (var log : files.filter(file -> file.endsWith("server.log")).toList()) {
                var lines = Files.readAllLines(log);
                System.err.println(log + ":");
                lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size())
                        .forEach(System.err::println);
            }
        }
    }

    /// A server on a site of its own.
    Server server(String... settings) throws Exception {
        return server(site(), settings);
    }

    Server server(Site site, String... settings) throws Exception {
        return keep(Server.start(site, settings));
    }

    /// The same one each time.
    Ceiling ceiling() throws Exception {
        if (ceiling == null) {
            ceiling = keep(new Ceiling(storage, folder));
        }
        return ceiling;
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    @Override
    public void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        Folders.delete(folder);
    }
}
