package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwiMlTest {
    @Test
    void shouldReadTheStreamAndItsParameters() throws XMLStreamException {
        VoiceAnswer answer = TwiMl.read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <!-- the model's leg -->
                  <Connect>
                    <Stream url="wss://voice.example.com/twilio/media">
                      <Parameter name="token" value="a&amp;b"/>
                      <Parameter name="name" value="Zo&#235;"></Parameter>
                    </Stream>
                  </Connect>
                  <Hangup/>
                </Response>
                """);
        assertThat(answer)
                .isEqualTo(new VoiceAnswer.Connect(
                        "wss://voice.example.com/twilio/media", Map.of("token", "a&b", "name", "Zoë")));
    }

    @Test
    void shouldReadARejection() throws XMLStreamException {
        assertThat(TwiMl.read("<Response><Reject reason=\"busy\"/></Response>"))
                .isEqualTo(new VoiceAnswer.Reject("busy"));
        assertThat(TwiMl.read("<Response><Reject/></Response>")).isEqualTo(new VoiceAnswer.Reject("rejected"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<Response/>",
                "<Response><Connect/></Response>",
                "<Response><Connect><Stream/></Connect></Response>",
                "<Response><Say>hello</Say></Response>",
                "<Response>hello<Reject/></Response>",
                "<Response><Connect><Stream url=\"ws://a.example/x\"/></Connect></Response>",
                "<Response><Connect><Stream url=\"wss://a.example/x?y=1\"/></Connect></Response>",
                "<Response><Connect><Stream url=\"wss://a.example/x\" track=\"both_tracks\"/></Connect></Response>",
                "<Response><Connect><Stream url=\"wss://a.example/x\"><Say/></Stream></Connect></Response>",
                "<Response><Connect><Stream url=\"wss://a.example/x\"></Stream></Connect>",
                "<Other><Reject/></Other>",
            })
    void shouldRefuseAnythingElse(String document) {
        assertThatThrownBy(() -> TwiMl.read(document)).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void shouldRefuseADocumentTypeAndFetchNothing() {
        String document = """
                <!DOCTYPE Response [<!ENTITY reason SYSTEM "file:///etc/hostname">]>
                <Response><Reject reason="&reason;"/></Response>
                """;
        assertThatThrownBy(() -> TwiMl.read(document)).isInstanceOf(XMLStreamException.class);
    }
}
