package dev.leat.testing;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// The browser that journeys are made with: an installed Chrome or Chromium, else Playwright's own
/// download. One for all tests.
///
/// Where there is neither, tests that ask for it are skipped, and [BrowserReport] says so in the
/// end; with `-Dbrowser=required` they fail.
public final class Browser {

    /// Set where a test was skipped for want of a browser, to say why.
    static final String MISSING = "leat.test.browser-missing";

    private static final List<String> ARGUMENTS =
            List.of(
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private static final List<String> NAMES =
            List.of(
                    "chromium",
                    "chromium-browser",
                    "google-chrome-stable",
                    "google-chrome",
                    "chrome");

    private static final List<String> PLACES =
            List.of(
                    "/usr/bin",
                    "/usr/local/bin",
                    "/snap/bin",
                    "/opt/google/chrome",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium",
                    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

    private static com.microsoft.playwright.@Nullable Browser shared;
    private static @Nullable String trouble;

    private Browser() {}

    /// Opens nothing yet: a [Visitor] does, with a look.
    public static synchronized com.microsoft.playwright.Browser get() {
        if (shared == null && trouble == null) {
            start();
        }
        if (shared != null) {
            return shared;
        }
        System.setProperty(MISSING, String.valueOf(trouble));
        if ("required".equals(System.getProperty("browser"))) {
            return Assertions.fail("There is no browser, and -Dbrowser=required: " + trouble);
        }
        return Assumptions.abort("There is no browser: " + trouble);
    }

    private static void start() {
        var installed = installed();
        try {
            var environment =
                    installed.isPresent()
                            ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                            : Map.<String, String>of();
            var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            var options = new LaunchOptions().setHeadless(true).setArgs(arguments());
            installed.ifPresent(options::setExecutablePath);
            shared = playwright.chromium().launch(options);
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        } catch (RuntimeException e) {
            // Playwright throws its own kind where the browser fails, and a bare one where its
            // download does.
            trouble = String.valueOf(e.getMessage()).lines().findFirst().orElse("it doesn't start");
        }
    }

    /// Chromium refuses its sandbox to root, as which containers build.
    private static List<String> arguments() {
        return "root".equals(System.getProperty("user.name"))
                ? Stream.concat(ARGUMENTS.stream(), Stream.of("--no-sandbox")).toList()
                : ARGUMENTS;
    }

    private static Optional<Path> installed() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), PLACES.stream())
                .map(Path::of)
                .flatMap(Browser::candidates)
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Stream<Path> candidates(Path place) {
        var name = String.valueOf(place.getFileName()).toLowerCase(Locale.ROOT);
        return name.contains("chrom") && !Files.isDirectory(place)
                ? Stream.of(place)
                : NAMES.stream().map(place::resolve);
    }
}
