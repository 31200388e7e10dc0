package io.ringdown.bridge.load.steady;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A few lines over one pair of axes, as SVG to stand within a page. One thread. */
final class LineChart {
    record Point(double x, double y) {}

    private record Line(String name, List<Point> points) {}

    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int TICKS = 5;
    private static final double SLACK = 1e-6; // of a tick, for what floating point loses
    private static final List<String> COLOURS = List.of("#1f6fb4", "#d1495b", "#3a8f5c");

    private final String title;
    private final String xLabel;
    private final DoubleFunction<String> xTick;
    private final List<Line> lines = new ArrayList<>();

    /** @param xTick what is written at a place of the x axis */
    LineChart(String title, String xLabel, DoubleFunction<String> xTick) {
        this.title = title;
        this.xLabel = xLabel;
        this.xTick = xTick;
    }

    /** A line without points is left out. */
    LineChart line(String name, List<Point> points) {
        if (!points.isEmpty()) {
            lines.add(new Line(name, List.copyOf(points)));
        }
        return this;
    }

    /** The picture, or nothing when it has no line. */
    String svg() {
        if (lines.isEmpty()) {
            return "";
        }
        StringBuilder svg = new StringBuilder();
        add(svg, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, escaped(title));
        text(svg, LEFT, 20, "start", title);
        double xStep = step(maxX());
        for (int i = 0; i * xStep <= maxX() + xStep * SLACK; i++) {
            double x = i * xStep;
            text(svg, screenX(x), HEIGHT - BOTTOM + 18, "middle", xTick.apply(x));
        }
        double yStep = step(maxY());
        for (int i = 0; i * yStep <= topY() + yStep * SLACK; i++) {
            double y = i * yStep;
            add(svg, "<path class=\"grid\" d=\"M%d %.1f H%d\"/>", LEFT, screenY(y), WIDTH - RIGHT);
            text(svg, LEFT - 6, screenY(y) + 4, "end", number(y));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", xLabel);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i);
        }
        return svg.append("</svg>").toString();
    }

    private void draw(StringBuilder svg, Line line, String colour, int ordinal) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points()) {
            add(path, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", screenX(point.x()), screenY(point.y()));
        }
        add(svg, "<path class=\"line\" stroke=\"%s\" d=\"%s\"/>", colour, path);
        for (Point point : line.points()) {
            add(
                    svg,
                    "<circle r=\"2.5\" fill=\"%s\" cx=\"%.1f\" cy=\"%.1f\"/>",
                    colour,
                    screenX(point.x()),
                    screenY(point.y()));
        }
        double y = TOP + 16.0 * ordinal;
        add(svg, "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>", LEFT + 12, y, colour, escaped(line.name()));
    }

    private double screenX(double x) {
        return LEFT + x / Math.max(maxX(), Double.MIN_NORMAL) * (WIDTH - LEFT - RIGHT);
    }

    private double screenY(double y) {
        return HEIGHT - BOTTOM - y / topY() * (HEIGHT - TOP - BOTTOM);
    }

    private double topY() {
        return Math.ceil(maxY() / step(maxY())) * step(maxY());
    }

    private double maxX() {
        return points().stream().mapToDouble(Point::x).max().orElse(1);
    }

    private double maxY() {
        return Math.max(1e-3, points().stream().mapToDouble(Point::y).max().orElse(1));
    }

    private List<Point> points() {
        return lines.stream().flatMap(line -> line.points().stream()).toList();
    }

    /** 1, 2 or 5 times a power of ten, so that there are about {@link #TICKS} of them. */
    static double step(double max) {
        double rough = max / TICKS;
        if (rough <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double leading = rough / power;
        return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    }

    /** At most four decimals, and none for nothing. */
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        add(svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text));
    }

    private static void add(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
