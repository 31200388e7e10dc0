package io.ringdown.bridge.operations;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium, driven by Playwright with the system's Node.js; and axe, which looks for what shuts people out. */
final class Chromium implements AutoCloseable {
    private static final List<String> ALONE = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String RULES =
            "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}";

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path chromium, Path node) {
        System.setProperty("playwright.nodejs.path", node.toString());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(ALONE));
    }

    /** Skips the test when there is no browser on this machine. */
    static Chromium launch() {
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> onPath(name).stream())
                .findFirst();
        Optional<Path> node = onPath("node");
        Assumptions.assumeTrue(
                chromium.isPresent() && node.isPresent(),
                "SKIPPED: the dashboard is tested in a browser, and there is none: apt-get install chromium nodejs");
        return new Chromium(chromium.get(), node.get());
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A page of its own, with nothing remembered. */
    Page page(Browser.NewContextOptions options) {
        return browser.newContext(options).newPage();
    }

    /** What axe finds on the page as it is, each with the rule, the element and why; empty when all is well. */
    @SuppressWarnings("unchecked")
    static List<String> violations(Page page) throws IOException {
        try (InputStream axe = Chromium.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) page.evaluate("async () => (await axe.run(document, " + RULES + ")).violations.flatMap("
                + "rule => rule.nodes.map(node => rule.id + ': ' + node.target + ': ' + node.failureSummary))");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
