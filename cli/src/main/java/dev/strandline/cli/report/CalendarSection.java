package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.Growth;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How many snapshots are kept of each day of the last year: a column for each week, Monday on top. */
final class CalendarSection {
    private static final int MIN_WEEKS = 18;
    private static final int MAX_WEEKS = 53;
    private static final int DAYS = 7;
    private static final int CELL = 12;
    private static final int STEP = 14;

    /** In pixels, so that a young repository has no giant cells. */
    private static final int MAX_STEP = 22;

    private final Growth growth;

    CalendarSection(Growth growth) {
        this.growth = growth;
    }

    void write(Markup page) {
        page.begin("section").element("h2", "Retention calendar");
        if (growth.days().isEmpty()) {
            page.element("p", "There are no snapshots yet.").endLine();
            return;
        }
        var last = growth.days().getLast().date();
        long all = ChronoUnit.DAYS.between(monday(growth.days().getFirst().date()), last) / DAYS + 1;
        int weeks = Math.clamp(all, MIN_WEEKS, MAX_WEEKS);
        var first = monday(last).minusWeeks(weeks - 1);
        Map<LocalDate, Integer> counts = new HashMap<>();
        int older = 0;
        for (var day : growth.days()) {
            if (day.date().isBefore(first)) {
                older += day.snapshots();
            } else {
                counts.put(day.date(), day.snapshots());
            }
        }
        page.element(
                "p",
                "Snapshots that are kept of each day, a column for each week from Monday to Sunday. "
                        + Quantities.count(counts.size(), "day") + " of " + Quantities.count(weeks, "week") + " "
                        + (counts.size() == 1 ? "has" : "have") + " any"
                        + (older == 0 ? "." : "; " + Quantities.count(older, "snapshot") + " are older."));
        page.begin("div", "style", "max-width:" + weeks * MAX_STEP + "px");
        months(page, first, last, weeks);
        cells(page, first, last, weeks, counts);
        page.end();
        page.begin("div", "class", "legend").element("span", "none").begin("span");
        for (int level = 0; level <= 4; level++) {
            page.element("i", "", "class", "l" + level);
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        page.end().element("span", Quantities.count(most, "snapshot") + " a day");
        page.end().endLine();
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static void months(Markup page, LocalDate first, LocalDate last, int weeks) {
        page.begin("div", "class", "months", "aria-hidden", "true");
        for (var month = first.withDayOfMonth(1).plusMonths(1); !month.isAfter(last); month = month.plusMonths(1)) {
            long week = ChronoUnit.DAYS.between(first, month) / DAYS;
            if (week < weeks - 1) {
                page.element(
                        "span",
                        month.getMonth().getDisplayName(TextStyle.SHORT, Locale.ROOT),
                        "style",
                        "left:" + Lengths.percent(week, weeks));
            }
        }
        page.endLine();
    }

    private static void cells(Markup page, LocalDate first, LocalDate last, int weeks, Map<LocalDate, Integer> counts) {
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        String label = "Snapshots kept from " + first + " to " + last + "; 'Day by day' above has the numbers";
        page.begin(
                "svg",
                "viewBox",
                "0 0 " + (weeks * STEP - STEP + CELL) + " " + (DAYS * STEP - STEP + CELL),
                "role",
                "img",
                "aria-label",
                label);
        page.element("title", label);
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            long number = ChronoUnit.DAYS.between(first, day);
            int count = counts.getOrDefault(day, 0);
            page.begin(
                    "rect",
                    "class",
                    "l" + Levels.of(count, most),
                    "x",
                    Long.toString(number / DAYS * STEP),
                    "y",
                    Long.toString(number % DAYS * STEP),
                    "width",
                    Integer.toString(CELL),
                    "height",
                    Integer.toString(CELL),
                    "rx",
                    "2.5");
            page.element("title", day + ": " + Quantities.count(count, "snapshot"))
                    .end();
        }
        page.endLine();
    }
}
