import java.nio.file.Files;
import java.nio.file.Path;

/// Loads classes that the training wouldn't come by, as there is no PostgreSQL at hand, and starts the program.
///
/// ```
/// java -Dpreload=<file with a class in each line> -cp leat-run.jar Preload <the program's arguments …>
/// ```
final class Preload {

    private Preload() {}

    public static void main(String... arguments) throws Exception {
        for (var name : Files.readAllLines(Path.of(System.getProperty("preload")))) {
            load(name);
        }
        var program = Class.forName("dev.leat.cli.LeatMain");
        program.getMethod("main", String[].class).invoke(null, (Object) arguments);
    }

    /// One that isn't there in this build is of no use to a start either.
    private static void load(String name) {
        try {
            Class.forName(name, false, Preload.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError _) {
            // A start does without, only not as soon.
        }
    }
}
