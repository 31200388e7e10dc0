package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MediaFeedTest {
    private final MediaFeed feed = new MediaFeed(null);

    @Test
    void shouldGiveSilenceUntilSomethingIsSaid() {
        assertThat(feed.tick(0)).containsExactly(new MediaFeed.Packet(Speech.SILENCE, 20));
        feed.say(Speech.of(PlayoutTest.audio(30, 7)));
        byte[] half = PlayoutTest.audio(20, 7);
        Arrays.fill(half, 80, 160, (byte) 0xFF);
        assertThat(feed.tick(0).get(0).frame().muLaw()).isEqualTo(PlayoutTest.audio(20, 7));
        assertThat(feed.tick(0).get(0).frame().muLaw()).isEqualTo(half);
        assertThat(feed.tick(0)).containsExactly(new MediaFeed.Packet(Speech.SILENCE, 80));
    }

    @Test
    void shouldLetTheWordsWaitInAPauseWhileTimeStampsGoOn() {
        feed.say(Speech.of(PlayoutTest.audio(20, 7)));
        feed.pause(40);
        assertThat(feed.tick(0)).isEmpty();
        assertThat(feed.tick(0)).isEmpty();
        MediaFeed.Packet packet = feed.tick(0).get(0);
        assertThat(packet.timestampMs()).isEqualTo(60);
        assertThat(packet.frame().muLaw()).isEqualTo(PlayoutTest.audio(20, 7));
    }

    @Test
    void shouldGiveHeldMediaAtOnceAndInOrder() {
        feed.hold(60);
        assertThat(feed.tick(0)).isEmpty();
        assertThat(feed.tick(0)).isEmpty();
        assertThat(feed.tick(0)).isEmpty();
        assertThat(feed.tick(0)).extracting(MediaFeed.Packet::timestampMs).containsExactly(20L, 40L, 60L, 80L);
        assertThat(feed.tick(0)).hasSize(1);
    }
}
