package io.ringdown.bridge.simulator.carrier;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a TwiML document up to its first verb, which must be {@code <Connect><Stream>} or {@code <Reject>}. A document type
 * declaration is refused and no external entity is ever fetched.
 */
final class TwiMl {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;

    private TwiMl(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** Throws XMLStreamException, with what was expected, when the document is anything else. */
    static VoiceAnswer read(String document) throws XMLStreamException {
        XMLStreamReader xml = FACTORY.createXMLStreamReader(new StringReader(document));
        try {
            VoiceAnswer answer = new TwiMl(xml).firstVerb();
            while (xml.hasNext()) {
                xml.next(); // the rest must be well-formed too
            }
            return answer;
        } finally {
            xml.close();
        }
    }

    private VoiceAnswer firstVerb() throws XMLStreamException {
        require(nextTag(), "Response");
        String verb = nextTag();
        if (verb.equals("Reject")) {
            return new VoiceAnswer.Reject(attribute("reason", "rejected"));
        }
        require(verb, "Connect");
        require(nextTag(), "Stream");
        String url = attribute("url", "");
        requireStreamUrl(url);
        String track = attribute("track", "inbound_track");
        if (!track.equals("inbound_track")) {
            throw refused("31941 illegal track " + track);
        }
        return new VoiceAnswer.Connect(url, parameters());
    }

    private Map<String, String> parameters() throws XMLStreamException {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (!nextTag().equals("/Stream")) {
            require(xml.getLocalName(), "Parameter");
            parameters.put(attribute("name", ""), attribute("value", ""));
            require(nextTag(), "/Parameter");
        }
        return parameters;
    }

    private void requireStreamUrl(String url) throws XMLStreamException {
        if (!url.startsWith("wss://")) {
            throw refused("31922 scheme is not wss: " + url);
        }
        if (url.indexOf('?') >= 0) {
            throw refused("31920 a stream url has no query string: " + url);
        }
    }

    /** The next start tag's name, or an end tag's with a slash before it; text other than white space is refused. */
    private String nextTag() throws XMLStreamException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT:
                    return xml.getLocalName();
                case XMLStreamConstants.END_ELEMENT:
                    return "/" + xml.getLocalName();
                case XMLStreamConstants.DTD:
                    throw refused("a document type declaration");
                case XMLStreamConstants.CHARACTERS:
                    if (!xml.isWhiteSpace()) {
                        throw refused("text between verbs");
                    }
                    break;
                default:
                    break;
            }
        }
    }

    private String attribute(String name, String otherwise) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? otherwise : value;
    }

    private void require(String found, String expected) throws XMLStreamException {
        if (!found.equals(expected)) {
            throw refused("expected <" + expected + ">, found <" + found + ">");
        }
    }

    private XMLStreamException refused(String why) {
        return new XMLStreamException(why, xml.getLocation());
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
