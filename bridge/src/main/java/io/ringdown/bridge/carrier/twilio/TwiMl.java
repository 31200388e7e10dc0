package io.ringdown.bridge.carrier.twilio;

import java.io.StringWriter;
import java.net.URI;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What we answer the voice webhook: documents to be sent as {@code text/xml} in UTF-8. Any thread. */
public final class TwiMl {
    /** Twilio wants the name and the value of each parameter together shorter than this. */
    static final int PARAMETER_CHARS_LIMIT = 500;

    private static final char REPLACEMENT = '\uFFFD';

    private TwiMl() {}

    /**
     * Connects the call to our stream, and hangs up when the stream ends: closing it ends the call.
     *
     * @param streamUrl {@code wss}, without a query, which Twilio drops
     * @param parameters handed back in the stream's start message; characters that XML cannot hold are replaced by U+FFFD,
     *     and XML itself makes spaces of tabs and line breaks
     * @throws IllegalArgumentException when a name and its value are 500 characters or more together
     */
    public static String connect(URI streamUrl, Map<String, String> parameters) {
        return response(xml -> {
            xml.writeStartElement("Connect");
            xml.writeStartElement("Stream");
            xml.writeAttribute("url", streamUrl.toString());
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                writeParameter(xml, parameter.getKey(), parameter.getValue());
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEmptyElement("Hangup");
        });
    }

    /** Lets the caller hear the busy tone; the call is never answered. */
    public static String reject() {
        return response(xml -> {
            xml.writeEmptyElement("Reject");
            xml.writeAttribute("reason", "busy");
        });
    }

    private static String response(Verbs verbs) {
        StringWriter document = new StringWriter();
        try {
            // a factory each: they are cheap, and not promised to be safe for threads
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(document);
            xml.writeStartElement("Response");
            verbs.writeTo(xml);
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes all that is written to it", e);
        }
        return document.toString();
    }

    private static void writeParameter(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        int chars = name.length() + value.length();
        if (chars >= PARAMETER_CHARS_LIMIT) {
            throw new IllegalArgumentException("stream parameter too long: name=" + name + " chars=" + chars);
        }
        xml.writeEmptyElement("Parameter");
        xml.writeAttribute("name", holdable(name));
        xml.writeAttribute("value", holdable(value));
    }

    private static String holdable(String text) {
        return text.codePoints()
                .map(codePoint -> isXmlCharacter(codePoint) ? codePoint : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The production {@code Char} of XML 1.0; a lone surrogate is a code point outside of it. */
    private static boolean isXmlCharacter(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || codePoint >= 0x20 && codePoint <= 0xD7FF
                || codePoint >= 0xE000 && codePoint <= 0xFFFD
                || codePoint >= 0x10000;
    }

    private interface Verbs {
        void writeTo(XMLStreamWriter xml) throws XMLStreamException;
    }
}
