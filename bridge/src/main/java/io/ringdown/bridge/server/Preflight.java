package io.ringdown.bridge.server;

import io.ringdown.bridge.model.openai.ModelEndpoint;
import io.ringdown.bridge.net.OpenFiles;
import io.ringdown.bridge.net.Tls;
import io.ringdown.bridge.settings.HostAndPort;
import io.ringdown.bridge.settings.Settings;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What an operator should see before the first call: where it is, what to paste into Twilio, and what is not well. */
record Preflight(Settings settings, InetSocketAddress address, InetSocketAddress operations, ModelEndpoint model) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("listening on " + at(address) + " for the carrier, on " + at(operations) + " for operators");
        lines.add("voice webhook (A call comes in, HTTP POST): " + publicUrl() + "/twilio/voice");
        lines.add("status callback (optional, HTTP POST):      " + publicUrl() + "/twilio/status");
        lines.add(check(
                "twilio credentials",
                hasRest(),
                "hangups go through the REST API",
                "no account SID or token: a hangup closes the stream instead"));
        lines.add(check(
                "signatures",
                settings.twilio().validateSignature(),
                "checked, with one-time stream tokens",
                "NOT checked: anybody who reaches this port can place calls"));
        settings.tls().map(Preflight::tlsLine).ifPresent(lines::add);
        if (settings.agents().size() > 1) {
            lines.add("  ok    agents: " + String.join(", ", settings.agents().keySet()));
        }
        lines.add(modelLine());
        lines.add(openFilesLine());
        lines.add("ready for " + settings.maxCalls() + " calls on " + settings.lanes() + " lanes");
        return lines;
    }

    private boolean hasRest() {
        return settings.twilio().accountSid().isPresent()
                && settings.twilio().authToken().isPresent();
    }

    private String publicUrl() {
        return settings.publicUrl()
                .map(Object::toString)
                .orElse((settings.tls().isPresent() ? "https://" : "http://") + at(address));
    }

    private static String tlsLine(Settings.Tls tls) {
        X509Certificate shown = tls.chain().get(0);
        return "  ok    tls: by " + Tls.library() + ", as " + shown.getSubjectX500Principal() + " until "
                + LocalDate.ofInstant(shown.getNotAfter().toInstant(), ZoneOffset.UTC);
    }

    private String modelLine() {
        String key = settings.model().apiKey().isPresent() ? "with a key" : "without a key";
        String problem = model.unreachableBecause();
        return check(
                "model",
                problem == null,
                "reachable, " + settings.model().name() + " " + key,
                "NOT reachable at " + settings.model().url().getHost() + ": " + problem);
    }

    private String openFilesLine() {
        long limit = OpenFiles.limit();
        long needed = OpenFiles.neededFor(settings.maxCalls(), settings.lanes());
        return check(
                "open files",
                limit >= needed,
                limit + " allowed, " + needed + " needed",
                limit + " allowed, but " + needed + " needed for " + settings.maxCalls() + " calls: raise ulimit -n");
    }

    private static String check(String what, boolean well, String yes, String no) {
        return (well ? "  ok    " : "  WARN  ") + what + ": " + (well ? yes : no);
    }

    private static String at(InetSocketAddress address) {
        return new HostAndPort(address.getHostString(), address.getPort()).toString();
    }
}
