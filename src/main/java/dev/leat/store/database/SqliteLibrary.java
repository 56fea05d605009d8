package dev.leat.store.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// Loads SQLite itself, which is native code inside its driver's jar.
///
/// The driver would do it, too, but compares what it has unpacked with the original, byte by
/// byte, and that is a twentieth of a whole start.
final class SqliteLibrary {

    private static final Logger LOG = Logger.getLogger(SqliteLibrary.class);
    private static final String FOLDER_OF_LIBRARY = "org.sqlite.lib.path";
    private static boolean tried;

    private SqliteLibrary() {}

    /// Does nothing the second time, or where the library lies in a folder that the system property
    /// `org.sqlite.lib.path` names. Where it fails, the driver does without.
    static synchronized void load() {
        if (tried || System.getProperty(FOLDER_OF_LIBRARY) != null) {
            return;
        }
        tried = true;
        var name = LibraryLoaderUtil.getNativeLibName();
        var place = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (var library = SQLiteJDBCLoader.class.getResourceAsStream(place)) {
            if (library == null) {
                return;
            }
            var folder = Files.createTempDirectory("leat-sqlite-");
            try {
                Files.copy(library, folder.resolve(name));
                initialize(folder);
            } finally {
                // The process keeps what it has loaded.
                Files.deleteIfExists(folder.resolve(name));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            LOG.debug("SQLite's library can't be unpacked.", e);
        }
    }

    private static void initialize(Path folder) {
        System.setProperty(FOLDER_OF_LIBRARY, folder.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            LOG.debug("SQLite's library can't be loaded.", e);
        } finally {
            System.clearProperty(FOLDER_OF_LIBRARY);
        }
    }
}
