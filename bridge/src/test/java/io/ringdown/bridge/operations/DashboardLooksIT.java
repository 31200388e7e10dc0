package io.ringdown.bridge.operations;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.ringdown.bridge.settings.HostAndPort;
import io.ringdown.bridge.settings.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the dashboard looks like, to eyes and to screen readers, and with a thousand calls. */
class DashboardLooksIT {
    private static final int PATIENCE_MS = 60_000;
    private static final HostAndPort ANY_PORT = new HostAndPort("127.0.0.1", 0);
    private static Chromium chromium;

    private final StandingCalls calls = new StandingCalls(1_000);
    private final Metrics metrics = new Metrics(calls.admission, calls.hangups, List.of(calls.lane));
    private final List<String> complaints = new ArrayList<>();
    private OperationsServer server;
    private Page page;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void stop() {
        page.context().close();
        server.close();
        metrics.close();
        calls.close();
        assertThat(complaints).as("what the browser complained of").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void shouldShutNobodyOut(ColorScheme scheme) throws Exception {
        start(Optional.empty());
        place(12);
        calls.registry.find(sid(3)).tell(event -> event.operatorHungUp(false));
        open("/", options().setColorScheme(scheme).setViewportSize(1_280, 800));
        assertThat(page.locator("#calls tbody tr")).hasCount(11);
        assertThat(page.locator("#ended tbody tr")).hasCount(1);
        assertThat(page.locator("html"))
                .hasAttribute("data-theme", scheme.name().toLowerCase(Locale.ROOT));
        assertThat(Chromium.violations(page)).isEmpty();

        button("Drain…").click();
        assertThat(Chromium.violations(page)).isEmpty();
        button("Cancel").click();

        page.navigate(url("/#/calls/CAtimeline"));
        assertThat(page.locator("#timeline .picture")).isVisible();
        assertThat(page.locator("#call-facts")).containsText("bot goodbye bye only");
        assertThat(page.locator("#timeline rect.model.cut")).hasCount(1);
        assertThat(page.locator("#timeline line.barge")).hasCount(1);
        assertThat(page.locator("#moments tbody tr").last()).containsText("carrier stopped");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void shouldKeepTheThemeThatWasChosen() throws Exception {
        start(Optional.empty());
        open("/", options().setColorScheme(ColorScheme.LIGHT));
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        button("Dark").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(button("Dark")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void shouldShowAThousandCallsAPageAtATime() throws Exception {
        start(Optional.empty());
        place(1_000);
        open("/", options());
        assertThat(page.locator("#figure-live")).hasText("1,000");
        assertThat(page.locator("#calls tbody tr")).hasCount(25);
        assertThat(page.locator("#pager-text")).hasText("1 to 25 of 1,000");
        button("Next").click();
        assertThat(page.locator("#pager-text")).hasText("26 to 50 of 1,000");
        page.getByLabel("Filter").fill(sid(777));
        assertThat(page.locator("#calls tbody tr")).hasCount(1);
        page.getByLabel("Filter").fill("nothing of that name");
        assertThat(page.locator("#calls-empty")).containsText("No live call matches");
        page.getByLabel("Filter").fill("");
        button("Call").click();
        assertThat(page.locator("#calls thead th").first()).hasAttribute("aria-sort", "ascending");
        assertThat(page.locator("#calls tbody tr").first()).containsText(sid(0));
        button("Call").click();
        assertThat(page.locator("#calls tbody tr").first()).containsText(sid(999));
        calls.toggleTurns();
        assertThat(page.locator("#calls tbody tr").first()).containsText("responding");
        calls.registry.find(sid(999)).tell(event -> event.operatorHungUp(false));
        assertThat(page.locator("#calls tbody tr").first()).containsText(sid(998));
    }

    @Test
    void shouldKeepTheFocusOfWhoeverReadsThoughCallsEnd() throws Exception {
        start(Optional.empty());
        place(3);
        open("/", options());
        page.locator("#calls tbody tr").nth(1).locator("a").focus();
        calls.registry.find(sid(0)).tell(event -> event.operatorHungUp(false));
        assertThat(page.locator("#calls tbody tr")).hasCount(2);
        assertThat(page.locator("#calls tbody tr a").first()).isFocused();
        calls.registry.find(sid(1)).tell(event -> event.operatorHungUp(false));
        assertThat(page.locator("#calls tbody tr")).hasCount(1);
        assertThat(page.locator("#calls tbody tr a").first()).isFocused();
        calls.registry.find(sid(2)).tell(event -> event.operatorHungUp(false));
        assertThat(page.getByText("No call is live.")).isVisible();
        assertThat(page.locator("#calls-title")).isFocused();
    }

    @Test
    void shouldFitANarrowScreen() throws Exception {
        start(Optional.empty());
        place(12);
        open("/", options().setViewportSize(360, 740).setReducedMotion(ReducedMotion.REDUCE));
        assertThat(page.locator("#calls tbody tr")).hasCount(12);
        assertThat(overflow()).isZero();
        page.navigate(url("/#/calls/CAtimeline"));
        assertThat(page.locator("#timeline .picture")).isVisible();
        assertThat(overflow()).isZero();
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void shouldAskForTheTokenAndKeepItForTheTab() throws Exception {
        start(Optional.of(new Secret("let-me-in")));
        place(1);
        open("/", options());
        assertThat(page.getByLabel("Token of the operations API")).isFocused();
        assertThat(page.locator("#overview")).isHidden();
        assertThat(Chromium.violations(page)).isEmpty();
        page.getByLabel("Token of the operations API").fill("let-me-out");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("That is not the token.");
        page.getByLabel("Token of the operations API").fill("let-me-in");
        page.keyboard().press("Enter");
        assertThat(page.locator("#calls tbody tr")).hasCount(1);
        assertThat(page.locator("#connection")).hasText("Live");
        page.reload();
        assertThat(page.locator("#calls tbody tr")).hasCount(1);
        page.locator("#calls tbody tr a").click();
        button("Hang up…").click();
        button("Hang up").click();
        assertThat(page.locator("#call-facts")).containsText("operator");
        assertThat((String) page.evaluate("() => document.cookie + localStorage.getItem('ringdown.token')"))
                .isEqualTo("null");
        complaints.clear(); // of the answers 401
    }

    @Test
    void shouldSayWhenNothingIsKnownOfACall() throws Exception {
        start(Optional.empty());
        open("/#/calls/CA404", options());
        assertThat(page.locator("#call-message")).containsText("not live, and nothing of it is remembered");
        complaints.clear(); // of the answer 404
    }

    private void start(Optional<Secret> token) throws IOException {
        server = OperationsServer.start(
                ANY_PORT, token, new Health(() -> true, calls.admission), metrics, calls.controls(Optional.empty()));
    }

    private void place(int count) throws Exception {
        calls.place(IntStream.range(0, count).mapToObj(DashboardLooksIT::sid).toList());
    }

    private static String sid(int i) {
        return "CA%032x".formatted(i * 0x9E3779B9L + i).replace(' ', '0').substring(0, 30) + "%04d".formatted(i);
    }

    private static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions();
    }

    private void open(String path, Browser.NewContextOptions options) {
        page = chromium.page(options);
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(url(path));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.address().getPort() + path;
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private int overflow() {
        return (Integer)
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }
}
