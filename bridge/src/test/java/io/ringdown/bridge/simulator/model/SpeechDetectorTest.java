package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechDetectorTest implements SpeechDetector.Listener {
    private final List<String> noticed = new ArrayList<>();
    private final SpeechDetector detector = new SpeechDetector(this);
    private TurnDetection settings = new TurnDetection(0.5, 300, 500, true, true);

    @Test
    void shouldHearNothingInSilence() {
        hear(Sounds.silence(5_000));
        assertThat(noticed).isEmpty();
        assertThat(detector.heardMs()).isEqualTo(5_000);
    }

    @Test
    void shouldStartAtTheOnsetLessThePrefixAndStopAfterTheSilence() {
        hear(Sounds.silence(1_000));
        hear(Sounds.tone(400));
        hear(Sounds.silence(480));
        assertThat(noticed).containsExactly("started 700");
        hear(Sounds.silence(20));
        assertThat(noticed).containsExactly("started 700", "stopped 1900");
    }

    @Test
    void shouldNotStartBeforeTheFirstByte() {
        hear(Sounds.tone(100));
        assertThat(noticed).containsExactly("started 0");
    }

    @Test
    void shouldIgnoreAClick() {
        hear(Sounds.silence(100));
        hear(Sounds.tone(40));
        hear(Sounds.silence(100));
        assertThat(noticed).isEmpty();
    }

    @Test
    void shouldBridgeAPauseShorterThanTheSilence() {
        hear(Sounds.tone(200));
        hear(Sounds.silence(400));
        hear(Sounds.tone(200));
        assertThat(noticed).containsExactly("started 0");
    }

    @Test
    void shouldMeasureInItsOwnWindowsWhateverTheSizesAppended() {
        byte[] sound = concat(concat(Sounds.silence(1_000), Sounds.tone(400)), Sounds.silence(500));
        for (int at = 0; at < sound.length; at += 37) {
            hear(Arrays.copyOfRange(sound, at, Math.min(sound.length, at + 37)));
        }
        assertThat(noticed).containsExactly("started 700", "stopped 1900");
    }

    @Test
    void shouldFollowThreshold() {
        settings = new TurnDetection(1, 300, 500, true, true);
        byte[] murmur = Sounds.tone(400);
        for (int i = 0; i < murmur.length; i++) {
            murmur[i] = (byte) (murmur[i] == (byte) 0x90 ? 0xCF : 0x4F); // 924 of 32,768
        }
        hear(murmur);
        assertThat(noticed).isEmpty();
        settings = new TurnDetection(0.5, 300, 500, true, true);
        hear(murmur);
        assertThat(noticed).hasSize(1);
    }

    @Test
    void shouldDecodeMuLawAsTheStandardSays() {
        assertThat(MuLaw.sample((byte) 0xFF)).isZero();
        assertThat(MuLaw.sample((byte) 0x00)).isEqualTo(-32_124);
        assertThat(MuLaw.sample((byte) 0x80)).isEqualTo(32_124);
        assertThat(MuLaw.toPcm24k(new byte[] {0x00})).containsExactly(0x84, 0x82, 0x84, 0x82, 0x84, 0x82);
    }

    @Override
    public void onSpeechStarted(long audioStartMs) {
        noticed.add("started " + audioStartMs);
    }

    @Override
    public void onSpeechStopped(long audioEndMs) {
        noticed.add("stopped " + audioEndMs);
    }

    private void hear(byte[] mulaw) {
        detector.hear(mulaw, settings);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
