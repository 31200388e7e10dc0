package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkNameTest {
    @ParameterizedTest
    @CsvSource({"0,1", "3,17", "9,10", "10,9", "99,100", "1000000000,999999999", "2147483647,2147483647"})
    void shouldReadWhatItWrote(int generation, int number) {
        ByteBuf out = Unpooled.buffer();
        MarkName.write(out, generation, number);
        String name = out.toString(ISO_8859_1);

        assertThat(name).isEqualTo("g" + generation + ".m" + number).hasSize(MarkName.length(generation, number));
        assertThat(MarkName.generation(parse(name))).isEqualTo(generation);
        assertThat(MarkName.number(parse(name))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "g",
                "g3",
                "g3.",
                "g3.m",
                "g.m1",
                "g3.m0",
                "g-1.m1",
                "g03.m1",
                "g3.m01",
                "g3.m1 ",
                " g3.m1",
                "G3.m1",
                "g3.M1",
                "g3,m1",
                "g3.m1.m1",
                "g3.x1",
                "m3.g1",
                "g2147483648.m1",
                "g3.m2147483648",
                "g3.m99999999999999999999",
                "g3.m1x",
                "g+3.m1",
                "never-sent",
                "."
            })
    void shouldKnowNoOtherName(String name) {
        assertThat(parse(name)).isEqualTo(MarkName.UNKNOWN);
    }

    @Test
    void shouldReadOnlyItsPartOfTheBuffer() {
        assertThat(MarkName.number(MarkName.parse("99g3.m1799".getBytes(ISO_8859_1), 2, 6)))
                .isEqualTo(17);
    }

    @Test
    void shouldNotWriteWhatItCouldNotRead() {
        assertThatIllegalArgumentException().isThrownBy(() -> MarkName.write(Unpooled.buffer(), -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> MarkName.write(Unpooled.buffer(), 0, 0));
    }

    private static long parse(String name) {
        return MarkName.parse(name.getBytes(ISO_8859_1), 0, name.length());
    }
}
