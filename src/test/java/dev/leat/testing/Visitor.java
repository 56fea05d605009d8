package dev.leat.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Somebody who looks at Leat with a browser, and notices everything that isn't right.
public final class Visitor implements AutoCloseable {

    /// How somebody looks.
    public enum Look {
        LIGHT(1280, 900, ColorScheme.LIGHT, true),
        DARK(1280, 900, ColorScheme.DARK, true),
        PHONE(390, 844, ColorScheme.LIGHT, true),
        WITHOUT_SCRIPT(1280, 900, ColorScheme.LIGHT, false);

        private final int width;
        private final int height;
        private final ColorScheme colours;
        private final boolean script;

        Look(int width, int height, ColorScheme colours, boolean script) {
            this.width = width;
            this.height = height;
            this.colours = colours;
            this.script = script;
        }
    }

    private static final String FIND_BARRIERS = resource("/barriers.js");

    private final BrowserContext context;
    private final Page page;
    private final URI home;
    private final Look look;
    private final List<String> complaints = new ArrayList<>();

    /// @param home where Leat answers
    public Visitor(URI home, Look look) {
        this.home = home;
        this.look = look;
        context =
                Browser.get()
                        .newContext(
                                new NewContextOptions()
                                        .setViewportSize(look.width, look.height)
                                        .setColorScheme(look.colours)
                                        .setReducedMotion(ReducedMotion.REDUCE)
                                        .setLocale("en-GB")
                                        .setTimezoneId("UTC")
                                        .setJavaScriptEnabled(look.script));
        page = context.newPage();
        page.setDefaultTimeout(20_000);
        listen();
    }

    private void listen() {
        page.onConsoleMessage(
                message -> {
                    if (List.of("error", "warning").contains(message.type())) {
                        complaints.add(page.url() + " console: " + message.text());
                    }
                });
        page.onPageError(error -> complaints.add(page.url() + " script: " + error));
        page.onDialog(
                dialog -> {
                    complaints.add(page.url() + " dialog: " + dialog.message());
                    dialog.dismiss();
                });
        page.onRequest(
                request -> {
                    var host = URI.create(request.url()).getHost();
                    if (host != null && !host.equals(home.getHost())) {
                        complaints.add(page.url() + " asks another host: " + request.url());
                    }
                });
    }

    /// @param path such as `/runs`
    public Page open(String path) {
        page.navigate(home.resolve(path).toString());
        return page;
    }

    public Page page() {
        return page;
    }

    /// What the browser has complained about so far: console errors, breaches of the security
    /// policy, failing scripts, dialogs, requests that leave the host.
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// What axe finds wrong with the page as it is now. It is a script itself, and waits for ever
    /// where there are none.
    @SuppressWarnings("unchecked")
    public List<String> barriers() {
        if (!look.script) {
            throw new IllegalStateException("Barriers can't be found without scripts.");
        }
        page.evaluate(AxeBuilder.getAxeScript());
        // In the dark everything else is as it is in light.
        var found = (List<String>) page.evaluate(FIND_BARRIERS, look != Look.DARK);
        return found.stream().map(barrier -> page.url() + " " + barrier).toList();
    }

    /// How much wider the page is than the window.
    public int overflow() {
        return ((Number)
                        page.evaluate(
                                "document.documentElement.scrollWidth -"
                                        + " document.documentElement.clientWidth"))
                .intValue();
    }

    @Override
    public void close() {
        context.close();
    }

    private static String resource(String name) {
        try (var in = Visitor.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
