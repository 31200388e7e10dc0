package io.ringdown.engine.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramePoolTest {
    private final FramePool pool = new FramePool(640, 2);

    @Test
    void shouldLendNoMoreThanItsBound() {
        assertThat(pool.acquire()).isNotNull();
        assertThat(pool.acquire()).isNotNull();
        assertThat(pool.acquire()).isNull();
        assertThat(pool.lent()).isEqualTo(2);
        assertThat(pool.available()).isZero();
    }

    @Test
    void shouldLendAgainWhatCameBackAsIfItWereNew() {
        Frame frame = pool.acquire();
        frame.filled(4, 3);
        frame.belongsTo(1, 2, 3);
        frame.marks(4, 5);
        frame.release();

        Frame again = pool.acquire();

        assertThat(again).isSameAs(frame);
        assertThat(again.textLength()).isZero();
        assertThat(again.audioBytes()).isZero();
        assertThat(again.response()).isZero();
        assertThat(again.part()).isZero();
        assertThat(again.generation()).isZero();
        assertThat(again.isMark()).isFalse();
    }

    @Test
    void shouldRefuseAFrameThatComesBackTwice() {
        Frame frame = pool.acquire();
        frame.release();

        assertThatThrownBy(frame::release).isInstanceOf(IllegalStateException.class);
        assertThat(pool.lent()).isZero();
        assertThat(pool.available()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"-1,2", "640,0", "640,-1"})
    void shouldRefuseToBeMadeOfNothing(int chars, int frames) {
        assertThatThrownBy(() -> new FramePool(chars, frames)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"644,483", "4,4", "5,3", "0,1", "0,-1", "-4,-3", "4,0"})
    void shouldRefuseLengthsThatDoNotBelongTogether(int chars, int bytes) {
        Frame frame = pool.acquire();
        assertThatThrownBy(() -> frame.filled(chars, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes=" + bytes);
    }
}
