package io.ringdown.bridge.operations;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.demo.Testbed;
import io.ringdown.bridge.simulator.PatientLimits;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, on a real server with calls over real sockets. */
class DashboardIT {
    private static final int PATIENCE_MS = 60_000;
    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();

    @TempDir
    private Path directory;

    private Testbed testbed;
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

    @BeforeEach
    void start() throws Exception {
        ModelScript script = ModelScript.script()
                .greeting(saying("greeting"))
                .turn(Speech.line("interruption").text(), saying("correction"))
                .turn(Speech.line("question").text(), saying("answer"))
                .turn(Speech.line("thanks").text(), saying("goodbye"));
        testbed =
                Testbed.start(any -> script, "journal_dir: " + directory + "\nlimits: {" + PatientLimits.YAML + "}\n");
        page = open(new Browser.NewContextOptions());
    }

    @AfterEach
    void stop() {
        page.context().close();
        testbed.close();
        assertThat(complaints).as("what the browser complained of").isEmpty();
    }

    @Test
    void shouldShowCallsAsTheyComeAndGo() {
        assertThat(page.getByText("No call is live.")).isVisible();
        CarrierCall first = place();
        CarrierCall second = place();
        assertThat(rows()).hasCount(2);
        assertThat(row(first)).containsText("talking");
        assertThat(row(first)).containsText("lane-");
        assertThat(row(first)).containsText(Pattern.compile("\\d:\\d\\d"));
        assertThat(page.locator("#figure-live")).hasText("2");
        assertThat(page.locator("#lanes tbody tr").first()).containsText("turning");
        second.perform(CallerAction.hangUp());
        assertThat(row(second)).hasCount(0);
        assertThat(page.locator("#ended tbody tr").first()).containsText(second.callSid());
        assertThat(page.locator("#ended tbody tr").first()).containsText("carrier stop");
        assertThat(row(first)).isVisible();
    }

    @Test
    void shouldHangUpExactlyTheCallThatIsOpenOnceConfirmed() {
        CarrierCall first = place();
        CarrierCall second = place();
        row(first).click();
        assertThat(heading("Call " + first.callSid())).isFocused();
        button("Hang up…").click();
        button("Cancel").click();
        button("Hang up…").click();
        page.getByLabel("Hang up at once").check();
        button("Hang up").click();
        assertThat(page.locator("#call-facts")).containsText("operator");
        assertThat(button("Hang up…")).isHidden();
        await().until(first::isOver);
        assertThat(testbed.rest().requests(first.callSid())).hasSize(1);
        assertThat(testbed.rest().requests(second.callSid())).isEmpty();
        assertThat(page.locator("#timeline .picture")).isVisible();
        assertThat(page.locator("#timeline rect.model").first()).isAttached();
        assertThat(page.locator("#timeline line.end")).hasCount(1);
        assertThat(page.locator("#moments")).containsText("operator hung up");
        page.getByText("All calls").click();
        assertThat(rows()).hasCount(1);
        assertThat(row(second)).isVisible();
        assertThat(page.locator("#ended tbody tr").first()).containsText("operator");
    }

    @Test
    void shouldOpenACallThatIsOverByItsSid() {
        CarrierCall call = place();
        call.perform(CallerAction.hangUp());
        await().until(call::isOver);
        assertThat(page.locator("#ended tbody tr")).hasCount(1);
        page.locator("#filter").fill(call.callSid());
        page.getByText("Look for it in the journal").click();
        assertThat(heading("Call " + call.callSid())).isFocused();
        assertThat(page.locator("#moments")).containsText("carrier stopped");
    }

    /** Whoever reads a row keeps it, and the filter says what it found. */
    @Test
    void shouldKeepItsRowsWhileTheCallGoesOn() {
        CarrierCall call = place();
        assertThat(rows()).hasCount(1);
        page.locator("#filter").fill("no such call");
        assertThat(page.locator("#announcer")).hasText("0 calls match.");
        page.locator("#filter").fill(call.callSid());
        assertThat(page.locator("#announcer")).hasText("One call matches.");
        row(call).click();
        Locator moments = page.locator("#moments tbody tr");
        assertThat(moments.first()).containsText("connected");
        moments.first().evaluate("row => row.dataset.read = 'yes'");
        int before = moments.count();
        call.perform(CallerAction.dtmf('5'));
        assertThat(page.locator("#moments")).containsText("digit pressed");
        assertThat(moments.nth(before)).isAttached();
        assertThat(moments.first()).hasAttribute("data-read", "yes");
    }

    @Test
    void shouldDrawBothVoicesAndWhatEndedTheCall() {
        CarrierCall call = testbed.carrier().place(CallPlan.via(testbed.route()).withScript(polite(0)));
        assertThat(page.locator("#plot-load .legend")).containsText(Pattern.compile("\\d"));
        assertThat(page.locator("#plot-latency .legend")).containsText(Pattern.compile("\\d"));
        await().atMost(Duration.ofSeconds(60)).until(call::isOver);
        assertThat(page.locator("#plot-dead-air .legend")).containsText(Pattern.compile("\\d"));
        assertThat(page.locator("#plot-dead-air canvas")).isVisible();
        page.navigate(url("/#/calls/" + call.callSid()));
        assertThat(page.locator("#timeline .picture")).isVisible();
        for (String drawn : List.of("rect.model", "rect.model.cut", "rect.caller", "rect.mark", "line.barge")) {
            assertThat(page.locator("#timeline " + drawn).first()).isAttached();
        }
        assertThat(page.locator("#timeline rect.condition.last").first()).isAttached();
        assertThat(page.locator("#call-facts")).containsText("played");
        for (String told : List.of("caller speaks", "is heard, cut by a barge-in", "mark g1.m1", "played holds")) {
            assertThat(page.locator("#spans")).containsText(told);
        }
    }

    @Test
    void shouldBeUsableWithoutAMouse() {
        CarrierCall call = place();
        assertThat(rows()).hasCount(1);
        page.locator("#filter").focus();
        while (!focusedLink().equals(call.callSid())) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(heading("Call " + call.callSid())).isFocused();
        assertThat(button("Hang up…")).isVisible();
        page.keyboard().press("Tab");
        assertThat(button("Hang up…")).isFocused();
        page.keyboard().press("Enter");
        assertThat(button("Cancel")).isFocused();
        page.keyboard().press("Escape");
        assertThat(button("Hang up…")).isFocused();
        page.keyboard().press("Enter");
        assertThat(button("Cancel")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(heading("Call " + call.callSid())).isFocused();
        await().until(call::isOver);
        assertThat(testbed.rest().requests(call.callSid())).hasSize(1);
        assertThat(page.locator("#call-facts")).containsText("operator");
        page.goBack();
        assertThat(page.locator("#calls-title")).isFocused();
    }

    @Test
    void shouldDrainOnceConfirmed() {
        place();
        assertThat(rows()).hasCount(1);
        button("Drain…").click();
        button("Cancel").click();
        assertThat(page.locator("#banner")).isHidden();
        button("Drain…").click();
        button("Drain").click();
        assertThat(page.locator("#banner")).containsText("no new calls are taken, 1 still live");
        assertThat(button("Draining")).isDisabled();
        assertThat(page.request().get(url("/health/ready")).status()).isEqualTo(503);
    }

    @Test
    void shouldSayThatTheServerIsGone() {
        assertThat(page.locator("#connection")).hasText("Live");
        testbed.server().close();
        assertThat(page.locator("#connection")).containsText("Disconnected");
        assertThat(page.locator("#announcer")).containsText("connection to the server is lost");
        complaints.clear(); // of connections refused
    }

    /** Pictures for the documentation, of half a minute in which callers come and go. */
    @Test
    @EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "for -Dscreenshots=DIR")
    void shouldStandModelForPictures() {
        List<CarrierCall> calls = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            calls.add(testbed.carrier()
                    .place(CallPlan.via(testbed.route()).withScript(i % 2 == 0 ? polite(i) : CallerScript.SILENT)));
            page.waitForTimeout(500);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> calls.get(6).isOver());
        page.setViewportSize(1_280, 820);
        page.mouse().move(640, 5);
        page.waitForTimeout(3_000);
        save("overview-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(3_000);
        save("overview-dark");
        page.navigate(url("/#/calls/" + calls.get(6).callSid()));
        assertThat(page.locator("#timeline .picture")).isVisible();
        save("call-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.waitForTimeout(500);
        save("call-light");
    }

    /** Interrupts the greeting, asks, thanks, and is told goodbye. */
    private static CallerScript polite(int i) {
        return CallerScript.SILENT
                .whileHearing(900, say("interruption"))
                .afterHearing(300 + 60 * i, say("question"))
                .afterHearing(500, say("thanks"));
    }

    private static Reply saying(String line) {
        return Reply.saying(Speech.line(line).text(), Speech.line(line).muLaw());
    }

    private static CallerAction say(String line) {
        return CallerAction.say(
                io.ringdown.bridge.simulator.carrier.Speech.of(Speech.line(line).muLaw()));
    }

    private void save(String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of(System.getProperty("screenshots"), name + ".png")));
    }

    private CarrierCall place() {
        return testbed.carrier().place(CallPlan.via(testbed.route()));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + testbed.server().operationsAddress().getPort() + path;
    }

    private Page open(Browser.NewContextOptions options) {
        Page opened = chromium.page(options.setColorScheme(ColorScheme.LIGHT));
        opened.setDefaultTimeout(PATIENCE_MS);
        opened.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        opened.onPageError(complaints::add);
        opened.navigate(url("/"));
        return opened;
    }

    private Locator rows() {
        return page.locator("#calls tbody tr");
    }

    private Locator row(CarrierCall call) {
        return rows().filter(new Locator.FilterOptions().setHasText(call.callSid()));
    }

    private Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private String focusedLink() {
        return (String) page.evaluate("() => document.activeElement.closest('a')?.textContent ?? ''");
    }
}
