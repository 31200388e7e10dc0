package io.ringdown.bridge.simulator.carrier;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Gives the server's marks back when they are due, or as the plan spoils it. Event loop only. */
final class MarkEchoes {
    private final CarrierCall call;
    private final Playout playout;
    private final Consumer<String> sender;
    private Future<?> timer; // for the first mark; null when none waits

    MarkEchoes(CarrierCall call, Consumer<String> sender) {
        this.call = call;
        this.sender = sender;
        playout = call.playout();
    }

    void mark(String name, long nowNs) {
        playout.mark(name, nowNs);
        echoDue();
    }

    void clear(long nowNs) {
        if (timer != null) {
            timer.cancel(false); // it waits for audio that will not be heard
            timer = null;
        }
        List<Playout.Mark> cleared = playout.clear(nowNs);
        cleared.forEach(mark -> echo(mark, nowNs, true));
    }

    private void echoDue() {
        long nowNs = System.nanoTime();
        for (Playout.Mark due = playout.takeDueMark(nowNs); due != null; due = playout.takeDueMark(nowNs)) {
            echo(due, due.dueNs(), false);
        }
        Playout.Mark first = playout.firstMark();
        if (first != null && timer == null) {
            timer = call.loop().schedule(this::onTimer, first.dueNs() - nowNs, TimeUnit.NANOSECONDS);
        }
    }

    private void onTimer() {
        timer = null;
        echoDue();
    }

    private void echo(Playout.Mark mark, long dueNs, boolean cleared) {
        if (call.isOver()) {
            return;
        }
        call.log().markDue(new MarkEcho(mark.name(), mark.receivedNs(), dueNs, cleared));
        Echo echo = call.plan().echoOf(new Echo.Due(mark.name(), mark.ordinal(), cleared));
        for (int copy = 0; copy < echo.copies(); copy++) {
            if (echo.delayMs() == 0) {
                sender.accept(mark.name());
            } else {
                call.loop().schedule(() -> sender.accept(mark.name()), echo.delayMs(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
