package dev.strandline.core.report;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.snapshot.Snapshot;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What snapshots added, day by day, as their records say. Immutable.
 *
 * @param days those that have snapshots, oldest first
 */
public record Growth(List<Day> days) {
    /**
     * A day.
     *
     * @param logicalBytes of its last snapshot
     * @param addedBytes plain bytes of the chunks that were new
     * @param storedBytes what these took
     */
    public record Day(LocalDate date, int snapshots, long logicalBytes, long addedBytes, long storedBytes) {}

    public Growth {
        days = List.copyOf(days);
    }

    /**
     * By the days of a time zone.
     *
     * @param snapshots oldest first
     */
    public static Growth of(Collection<Snapshot> snapshots, ZoneId zone) {
        var days = new TreeMap<LocalDate, Day>();
        for (var snapshot : snapshots) {
            var totals = snapshot.record().totals();
            var date =
                    LocalDate.ofInstant(CalendarTime.nearest(snapshot.record().time()), zone);
            days.merge(
                    date,
                    new Day(date, 1, totals.bytes(), totals.addedBytes(), totals.storedBytes()),
                    (day, more) -> new Day(
                            date,
                            day.snapshots + 1,
                            more.logicalBytes,
                            Sum.saturated(day.addedBytes, more.addedBytes),
                            Sum.saturated(day.storedBytes, more.storedBytes)));
        }
        return new Growth(new ArrayList<>(days.values()));
    }

    /** The last days that have snapshots, at most so many. */
    public List<Day> last(int count) {
        return days.subList(Math.max(0, days.size() - count), days.size());
    }

    /** What all of them took together. */
    public long storedBytes() {
        return days.stream().mapToLong(Day::storedBytes).reduce(0, Sum::saturated);
    }
}
