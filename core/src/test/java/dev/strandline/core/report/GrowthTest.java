package dev.strandline.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.strandline.core.report.Growth.Day;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.ReportedSnapshots;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Growth by days, and what it lets expect. */
class GrowthTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

    private final ReportedSnapshots snapshots = new ReportedSnapshots();

    private static Day day(int number, long storedBytes) {
        return new Day(FIRST.plusDays(number), 1, 0, 0, storedBytes);
    }

    private static Forecast forecast(List<Day> days, int today) {
        return Forecast.of(new Growth(days), FIRST.plusDays(today), 1000);
    }

    @Test
    void growth_countsByTheDaysOfTheZone() {
        List<Snapshot> two = List.of(
                snapshots.of("2026-03-01T23:30:00Z", 100, 7, 3), snapshots.of("2026-03-02T00:30:00Z", 200, 5, 2));
        assertThat(Growth.of(two, ZoneOffset.UTC).days())
                .containsExactly(new Day(FIRST, 1, 100, 7, 3), new Day(FIRST.plusDays(1), 1, 200, 5, 2));
        assertThat(Growth.of(two, ZoneId.of("Europe/Berlin")).days())
                .containsExactly(new Day(FIRST.plusDays(1), 2, 200, 12, 5));
        assertThat(Growth.of(List.of(), ZoneOffset.UTC).days()).isEmpty();
    }

    @Test
    void last_ofMoreThanThereAre_isAll() {
        var growth = new Growth(List.of(day(0, 1), day(1, 2)));
        assertThat(growth.last(5)).hasSize(2);
        assertThat(growth.last(1)).containsExactly(day(1, 2));
        assertThat(growth.storedBytes()).isEqualTo(3);
    }

    @Test
    void forecast_evenGrowth_goesOnLikeThat() {
        var days = new ArrayList<Day>();
        // The first snapshot brings everything, and says nothing of what comes.
        days.add(day(0, 1_000_000));
        for (int i = 1; i < 10; i++) {
            days.add(day(i, 50));
        }
        // Today is not over.
        days.add(day(10, 1));
        assertThat(forecast(days, 10)).isInstanceOfSatisfying(Forecast.Line.class, line -> {
            assertThat(line.bytesPerDay()).isEqualTo(50, within(1e-9));
            assertThat(line.days()).isEqualTo(10);
            assertThat(line.totalBytesIn(30)).isEqualTo(1000 + 30 * 50);
        });
    }

    @Test
    void forecast_longPast_looksBackThirtyDaysOnly() {
        var days = new ArrayList<Day>();
        for (int i = 0; i < 100; i++) {
            days.add(day(i, i < 70 ? 9999 : 10));
        }
        assertThat(forecast(days, 100)).isInstanceOfSatisfying(Forecast.Line.class, line -> {
            assertThat(line.bytesPerDay()).isEqualTo(10, within(1e-9));
            assertThat(line.from()).isEqualTo(FIRST.plusDays(70));
        });
    }

    @Test
    void forecast_daysWithoutSnapshots_addNothing() {
        assertThat(forecast(List.of(day(0, 5), day(4, 0)), 5)).isInstanceOfSatisfying(Forecast.Line.class, line -> {
            assertThat(line.bytesPerDay()).isZero();
            assertThat(line.days()).isEqualTo(5);
        });
    }

    @Test
    void forecast_fewDays_isNone() {
        assertThat(forecast(List.of(), 5)).isEqualTo(new Forecast.TooFewDays(0));
        assertThat(forecast(List.of(day(0, 5), day(1, 5), day(2, 5), day(3, 5)), 3))
                .isEqualTo(new Forecast.TooFewDays(3));
    }

    @Test
    void groups_haveASnapshotInEachOfItsKeys() {
        var groups = SnapshotGroup.by(
                List.of(
                        snapshots.of("2026-03-01T00:00:00Z", 100, 7, 3),
                        snapshots.of("2026-03-02T00:00:00Z", 200, 5, 2)),
                record -> record.totals().bytes() == 100 ? List.of("a", "b") : List.of("b"));
        assertThat(groups).extracting(SnapshotGroup::key).containsExactly("b", "a");
        var both = groups.getFirst();
        assertThat(both.snapshots()).isEqualTo(2);
        assertThat(both.bytes()).isEqualTo(200);
        assertThat(both.addedBytes()).isEqualTo(12);
        assertThat(both.storedBytes()).isEqualTo(5);
        assertThat(both.first()).isBefore(both.last());
    }
}
