package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringReader;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class TwiMlTest {
    private static final URI STREAM = URI.create("wss://voice.example.com/twilio/media");

    @Test
    void shouldConnectTheStreamThenHangUp() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("token", "k7Qp");
        parameters.put("tenant", "42");
        assertThat(TwiMl.connect(STREAM, parameters))
                .isEqualTo("<Response><Connect><Stream url=\"wss://voice.example.com/twilio/media\">"
                        + "<Parameter name=\"token\" value=\"k7Qp\"/><Parameter name=\"tenant\" value=\"42\"/>"
                        + "</Stream></Connect><Hangup/></Response>");
    }

    @Test
    void shouldConnectAStreamWithoutParameters() {
        assertThat(TwiMl.connect(STREAM, Map.of()))
                .isEqualTo("<Response><Connect><Stream url=\"wss://voice.example.com/twilio/media\">"
                        + "</Stream></Connect><Hangup/></Response>");
    }

    @Test
    void shouldRejectAsBusy() {
        assertThat(TwiMl.reject()).isEqualTo("<Response><Reject reason=\"busy\"/></Response>");
    }

    @Test
    void shouldHandBackWhatXmlCouldTakeForMarkup() throws Exception {
        String value = "\"/></Stream>&amp;<!-- ' ]]> é \uD83D\uDE00 היי";
        assertThat(valueAsRead(value)).isEqualTo(value);
        assertThat(TwiMl.connect(STREAM, Map.of("a\"<&", "b"))).contains("name=\"a&quot;&lt;&amp;\"");
    }

    @Test
    void shouldReplaceWhatXmlCannotHold() throws Exception {
        assertThat(valueAsRead("a\u0000b\u001Bc\uD800d\uDC00e\uFFFEf\uFFFFg"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg");
    }

    @Test
    void shouldEscapeTheUrl() {
        assertThat(TwiMl.connect(URI.create("wss://voice.example.com/a&b"), Map.of()))
                .contains("url=\"wss://voice.example.com/a&amp;b\"");
    }

    @Test
    void shouldRefuseAParameterLongerThanTwilioTakes() {
        assertThat(TwiMl.connect(STREAM, Map.of("name", "x".repeat(495)))).contains("xxx");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwiMl.connect(STREAM, Map.of("name", "x".repeat(496))))
                .withMessage("stream parameter too long: name=name chars=500");
    }

    private static String valueAsRead(String value) throws Exception {
        String document = TwiMl.connect(STREAM, Map.of("name", value));
        Element parameter = (Element) DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(document)))
                .getElementsByTagName("Parameter")
                .item(0);
        return parameter.getAttribute("value");
    }
}
