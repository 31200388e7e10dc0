package io.ringdown.bridge.load.soak;

import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Calls come and go for minutes or hours, politely and otherwise, while the model's process is killed, the carrier's API
 * fails and sockets stall; then the server is looked at, idle, beside how it was when idle before. Blocks its thread.
 */
public final class Soak {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(90);

    /** An HTTP client's idle threads stay for a minute. */
    private static final int REST_WITHIN_S = 75;

    private static final int SHOWN = 40;

    private final SoakPlan plan;
    private final PrintStream out;
    private final List<String> problems = new ArrayList<>();
    private final long beganNs = System.nanoTime();

    private SoakedServer server;
    private Callers callers;
    private SimulatedRest rest;

    private Soak(SoakPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** @param args minutes, calls, the command that starts Ringdown, and a folder for what is left behind */
    public static void main(String[] args) throws Exception {
        Duration all = Duration.ofSeconds(Math.round(Double.parseDouble(args[0]) * 60));
        Path folder = Path.of(args[3]);
        Files.createDirectories(folder);
        Configurator.setRootLevel(Level.WARN);
        SoakPlan plan = SoakPlan.of(all, Integer.parseInt(args[1]), List.of(args[2]), folder);
        boolean good = new Soak(plan, System.out).run();
        System.exit(good ? 0 : 1);
    }

    /** True when nothing was lost, done twice, left out or kept. */
    boolean run() throws IOException, InterruptedException {
        try (KillableModel model =
                        KillableModel.start(plan.seed(), plan.folder().resolve("model.log"));
                SimulatedCarrier carrier = SimulatedCarrier.start(SoakedServer.ACCOUNT);
                SimulatedRest api = SimulatedRest.start(0, SoakedServer.ACCOUNT, carrier::completedByRest);
                SoakedServer started = SoakedServer.start(plan, model.uri(), api.url())) {
            rest = api;
            server = started;
            callers = new Callers(carrier, server.route(), plan.seed());
            out.println("   min  placed   ended" + Reading.HEADINGS);
            play(plan.warm(), model);
            Reading before = atRest(Reading::isIdle);
            play(plan.soak(), model);
            Reading after =
                    atRest(reading -> reading.leaksSince(before, plan.calls()).isEmpty());
            problems.addAll(after.leaksSince(before, plan.calls()));
            problems.addAll(server.stop());
            judge(model);
        }
        return problems.isEmpty();
    }

    /** Calls and faults for so long, then none. */
    private void play(Duration lasting, KillableModel model) throws IOException, InterruptedException {
        long untilNs = System.nanoTime() + lasting.toNanos();
        Faults faults = Faults.begin(model, rest, SoakPlan.betweenKills(lasting), plan.seed());
        try {
            while (System.nanoTime() < untilNs) {
                long rowNs =
                        Math.min(untilNs, System.nanoTime() + plan.betweenRows().toNanos());
                while (System.nanoTime() < rowNs) {
                    callers.fillUpTo(plan.calls(), rowNs);
                    TimeUnit.MILLISECONDS.sleep(10);
                }
                row(server.read());
            }
        } finally {
            faults.end();
        }
        callers.finish(LONGEST_CALL).forEach(call -> problems.add(call + ": did not end"));
    }

    /** What the server holds when it has come to rest, or when it should have. */
    private Reading atRest(Predicate<Reading> rested) throws IOException, InterruptedException {
        Reading reading = server.read();
        for (int s = 0; s < REST_WITHIN_S && !rested.test(reading); s++) {
            TimeUnit.SECONDS.sleep(1);
            reading = server.read();
        }
        row(reading);
        return reading;
    }

    private void row(Reading reading) {
        double minutes = (System.nanoTime() - beganNs) / 60e9;
        int ended = callers.placed() - callers.live();
        out.printf(Locale.ROOT, "%6.1f %7d %7d%s%n", minutes, callers.placed(), ended, reading);
        out.flush();
    }

    private void judge(KillableModel model) throws IOException {
        Map<String, List<Integer>> hangups = rest.requests().stream()
                .collect(Collectors.groupingBy(
                        RestRequest::callSid, Collectors.mapping(RestRequest::status, Collectors.toList())));
        List<EndedCall> ended = callers.ended();
        ended.forEach(call -> problems.addAll(call.problems(hangups.getOrDefault(call.callSid(), List.of()))));
        List<EndedCall> begun = ended.stream().filter(EndedCall::started).toList();
        Records records = Records.in(plan.folder().resolve("journal"));
        problems.addAll(records.problems(begun, hangups));
        out.println();
        out.println("placed " + callers.placed() + ", streams begun " + begun.size() + ", refused "
                + ended.stream().filter(EndedCall::wasRefused).count());
        out.println("callers " + counted(ended, call -> call.temper().name()));
        out.println("ended by " + counted(ended, call -> call.ending().cause().name()));
        out.println("hangup requests " + rest.requests().size() + " for " + hangups.size() + " calls; model killed "
                + model.kills() + " times; call records " + records.count());
        problems.stream().limit(SHOWN).forEach(problem -> out.println("PROBLEM " + problem));
        out.println(
                problems.isEmpty() ? "OK: nothing lost, done twice, left out or kept" : problems.size() + " problems");
    }

    private static Map<String, Long> counted(List<EndedCall> calls, Function<EndedCall, String> by) {
        return calls.stream()
                .collect(Collectors.groupingBy(
                        by.andThen(name -> name.toLowerCase(Locale.ROOT)), TreeMap::new, Collectors.counting()));
    }
}
