package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormParametersTest {
    @Test
    void shouldKeepTheOrderAndTheRepetitions() {
        assertThat(FormParameters.parse("b=1&a=2&b=1").entries())
                .containsExactly(Map.entry("b", "1"), Map.entry("a", "2"), Map.entry("b", "1"));
    }

    @Test
    void shouldDecodePlusAndEscapesInNamesAndValues() {
        assertThat(FormParameters.parse("Caller+Name=Zo%C3%AB++M%c3%bcller&%41=%2B1%26%3D%25")
                        .entries())
                .containsExactly(Map.entry("Caller Name", "Zoë  Müller"), Map.entry("A", "+1&=%"));
    }

    @Test
    void shouldKeepEmptyValuesAndNames() {
        assertThat(FormParameters.parse("Digits=&Flag&=x&a=b=c").entries())
                .containsExactly(
                        Map.entry("Digits", ""), Map.entry("Flag", ""), Map.entry("", "x"), Map.entry("a", "b=c"));
    }

    @Test
    void shouldSkipWhatIsEmptyBetweenSeparators() {
        assertThat(FormParameters.parse("").entries()).isEmpty();
        assertThat(FormParameters.parse("&&a=1&&").entries()).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void shouldSeparateByAmpersandOnly() {
        assertThat(FormParameters.parse("a=1;b=2#c&d=3").entries())
                .containsExactly(Map.entry("a", "1;b=2#c"), Map.entry("d", "3"));
    }

    @Test
    void shouldFindTheFirstOfAName() {
        FormParameters form = FormParameters.parse("CallSid=CA1&CallSid=CA2&Digits=");
        assertThat(form.first("CallSid")).contains("CA1");
        assertThat(form.first("Digits")).contains("");
        assertThat(form.first("callsid")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=secret%", "a=secret%4", "a=secret%zz", "a%g0=secret", "a=secret%-1"})
    void shouldRefuseAMalformedEscapeWithoutQuotingIt(String body) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormParameters.parse(body))
                .withMessage("malformed escape in form parameter 0")
                .withNoCause();
    }

    @Test
    void shouldReplaceWhatIsNotUtf8() {
        assertThat(FormParameters.parse("a=%FF").first("a")).contains("\uFFFD");
    }

    @Test
    void shouldTakeNoMoreThanTheLimit() {
        assertThat(FormParameters.parse(parameters(FormParameters.MAX_PARAMETERS))
                        .entries())
                .hasSize(FormParameters.MAX_PARAMETERS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormParameters.parse(parameters(FormParameters.MAX_PARAMETERS + 1)))
                .withMessageContaining("256");
    }

    private static String parameters(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i + "=" + i).collect(Collectors.joining("&"));
    }
}
