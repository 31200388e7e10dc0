package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption.ACCEPTED;
import static io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption.EXPIRED;
import static io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption.FORGED;
import static io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption.MALFORMED;
import static io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption.REPLAYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamTokensTest {
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String OTHER_CALL = "CA00000000000000000000000000000002";
    private static final long NOW = 1_800_000_000_000L;

    private final StreamTokens tokens = new StreamTokens("auth token");

    @DisplayName("S58 the same twice")
    @Test
    void shouldAcceptItsOwnTokenOnce() {
        String token = tokens.mint(CALL, NOW);
        assertThat(tokens.redeem(token, CALL, NOW + 300)).isEqualTo(ACCEPTED);
        assertThat(tokens.redeem(token, CALL, NOW + 301)).isEqualTo(REPLAYED);
        assertThat(tokens.redeem(token, CALL, NOW + StreamTokens.LIFETIME_MS)).isEqualTo(REPLAYED);
    }

    @Test
    void shouldMintADifferentTokenEachTime() {
        String first = tokens.mint(CALL, NOW);
        String second = tokens.mint(CALL, NOW);
        assertThat(first).isNotEqualTo(second);
        assertThat(tokens.redeem(first, CALL, NOW)).isEqualTo(ACCEPTED);
        assertThat(tokens.redeem(second, CALL, NOW)).isEqualTo(ACCEPTED);
    }

    @Test
    void shouldFitAStreamParameter() {
        assertThat(tokens.mint(CALL, NOW)).matches("[A-Za-z0-9_-]{64}");
    }

    @DisplayName("S58 an expired one")
    @Test
    void shouldExpireAfterAMinute() {
        String token = tokens.mint(CALL, NOW);
        assertThat(tokens.redeem(token, CALL, NOW + StreamTokens.LIFETIME_MS + 1))
                .isEqualTo(EXPIRED);
        assertThat(tokens.redeem(token, CALL, NOW + StreamTokens.LIFETIME_MS)).isEqualTo(ACCEPTED);
    }

    @Test
    void shouldBearClocksThatDifferButNotByMoreThanAMinute() {
        assertThat(tokens.redeem(tokens.mint(CALL, NOW + 2_000), CALL, NOW)).isEqualTo(ACCEPTED);
        assertThat(tokens.redeem(tokens.mint(CALL, NOW + 60_001), CALL, NOW)).isEqualTo(EXPIRED);
        assertThat(tokens.redeem(tokens.mint(CALL, Long.MAX_VALUE), CALL, NOW)).isEqualTo(EXPIRED);
    }

    @DisplayName("S58 one of another call")
    @Test
    void shouldRefuseTheTokenOfAnotherCallAndLeaveItForThatCall() {
        String token = tokens.mint(OTHER_CALL, NOW);
        assertThat(tokens.redeem(token, CALL, NOW)).isEqualTo(FORGED);
        assertThat(tokens.redeem(token, OTHER_CALL, NOW)).isEqualTo(ACCEPTED);
    }

    @Test
    void shouldAcceptWhatAnotherProcessOfTheAccountMinted() {
        String token = new StreamTokens("auth token").mint(CALL, NOW);
        assertThat(tokens.redeem(token, CALL, NOW)).isEqualTo(ACCEPTED);
    }

    @Test
    void shouldRefuseWhatAnotherAccountMinted() {
        String token = new StreamTokens("another auth token").mint(CALL, NOW);
        assertThat(tokens.redeem(token, CALL, NOW)).isEqualTo(FORGED);
    }

    @DisplayName("S58 a forged one")
    @Test
    void shouldRefuseATokenWithAnyByteChanged() {
        byte[] token = Base64.getUrlDecoder().decode(tokens.mint(CALL, NOW));
        for (int i = 0; i < token.length; i++) {
            byte[] altered = token.clone();
            altered[i] ^= 1;
            assertThat(tokens.redeem(Base64.getUrlEncoder().encodeToString(altered), CALL, NOW))
                    .as("byte %d", i)
                    .isEqualTo(FORGED);
        }
    }

    @Test
    void shouldCallMalformedWhatNobodyMinted() {
        String token = tokens.mint(CALL, NOW);
        List<String> malformed = List.of(
                "",
                "k7Qp",
                token.substring(1),
                token + "A",
                token.substring(4) + "====",
                "*".repeat(64),
                "é".repeat(64));
        assertThat(tokens.redeem(null, CALL, NOW)).isEqualTo(MALFORMED);
        for (String text : malformed) {
            assertThat(tokens.redeem(text, CALL, NOW)).as(text).isEqualTo(MALFORMED);
        }
        assertThat(tokens.redeem("A".repeat(64), CALL, NOW)).isEqualTo(FORGED);
    }

    @Test
    void shouldRememberOnlyWhatCouldComeBack() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(tokens.redeem(tokens.mint(CALL, NOW + i), CALL, NOW + i)).isEqualTo(ACCEPTED);
        }
        assertThat(tokens.remembered()).isEqualTo(1_000);
        long muchLater = NOW + 10 * StreamTokens.LIFETIME_MS;
        assertThat(tokens.redeem(tokens.mint(CALL, muchLater), CALL, muchLater)).isEqualTo(ACCEPTED);
        assertThat(tokens.remembered()).isEqualTo(1);
    }

    @Test
    void shouldRememberNothingOfWhatItRefused() {
        tokens.redeem("A".repeat(64), CALL, NOW);
        tokens.redeem(tokens.mint(CALL, NOW), OTHER_CALL, NOW);
        tokens.redeem(tokens.mint(CALL, NOW), CALL, NOW + 60_001);
        assertThat(tokens.remembered()).isZero();
    }

    @Test
    void shouldNotLetATokenInTwiceThoughAnotherThreadsClockIsAhead() {
        String token = tokens.mint(CALL, NOW);
        assertThat(tokens.redeem(token, CALL, NOW)).isEqualTo(ACCEPTED);
        tokens.redeem(tokens.mint(OTHER_CALL, NOW + 60_001), OTHER_CALL, NOW + 60_001);
        assertThat(tokens.redeem(token, CALL, NOW + 60_000)).isEqualTo(REPLAYED);
    }

    @Test
    void shouldAcceptOneOfThreadsThatRaceForAToken() throws Exception {
        int threads = 4;
        ExecutorService racers = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            for (int round = 0; round < 500; round++) {
                String token = tokens.mint(CALL, NOW);
                Callable<Redemption> race = () -> {
                    together.await();
                    return tokens.redeem(token, CALL, NOW);
                };
                List<Redemption> redemptions = new ArrayList<>();
                for (Future<Redemption> redemption : racers.invokeAll(Collections.nCopies(threads, race))) {
                    redemptions.add(redemption.get());
                }
                assertThat(redemptions).containsExactlyInAnyOrder(ACCEPTED, REPLAYED, REPLAYED, REPLAYED);
            }
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void shouldNotBeMadeWithoutASecret() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamTokens(""));
    }
}
