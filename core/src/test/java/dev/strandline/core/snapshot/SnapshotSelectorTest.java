package dev.strandline.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.SnapshotSelector.AtTime;
import dev.strandline.core.snapshot.SnapshotSelector.ById;
import dev.strandline.core.snapshot.SnapshotSelector.ByName;
import dev.strandline.core.snapshot.SnapshotSelector.Latest;
import dev.strandline.core.snapshot.SnapshotSelector.Selection;
import dev.strandline.core.testkit.SnapshotExamples;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotSelectorTest {
    private static final Instant NOW = Instant.parse("2026-08-15T12:00:00Z");

    /** Hourly from 10 to 15 o'clock, in no order; the ids begin with their number twice. */
    private static final List<Snapshot> SNAPSHOTS = List.of(
            snapshot("33", 13),
            snapshot("00", 10),
            snapshot("55", 15),
            snapshot("11", 11),
            snapshot("44", 14),
            snapshot("1111", 12));

    private static Snapshot snapshot(String idStart, int hour) {
        return SnapshotExamples.snapshot(
                idStart + "a".repeat(64 - idStart.length()),
                Instant.parse("2026-08-01T%02d:00:00Z".formatted(hour)),
                List.of());
    }

    private static Optional<SnapshotSelector> parse(String text) {
        return SnapshotSelector.parse(text, NOW, ZoneOffset.UTC);
    }

    private static Selection select(String text) {
        return parse(text).orElseThrow().select(SNAPSHOTS);
    }

    private static int hour(Snapshot snapshot) {
        return snapshot.record().time().atZone(ZoneOffset.UTC).getHour();
    }

    private static void assertFound(String text, int hour) {
        assertThat(select(text))
                .isInstanceOfSatisfying(
                        Selection.Found.class,
                        found -> assertThat(hour(found.snapshot())).isEqualTo(hour));
    }

    private static void assertNotFound(String text, String reason, Integer... nearest) {
        assertThat(select(text)).isInstanceOfSatisfying(Selection.NotFound.class, notFound -> {
            assertThat(notFound.reason()).contains(reason);
            assertThat(notFound.nearest())
                    .extracting(SnapshotSelectorTest::hour)
                    .containsExactly(nearest);
        });
    }

    @Test
    void parse_eachForm_isThatSelector() {
        assertThat(parse("latest")).contains(new Latest(0));
        assertThat(parse("latest~3")).contains(new Latest(3));
        assertThat(parse("AB12")).contains(new ById("ab12"));
        assertThat(parse("20260801")).contains(new ById("20260801"));
        assertThat(parse("a".repeat(64))).contains(new ById("a".repeat(64)));
        assertThat(parse("20260801-101500")).contains(new ByName("20260801-101500"));
        assertThat(parse("checkpoint-20260801-101500")).contains(new ByName("20260801-101500"));
        assertThat(parse("@2h")).contains(new AtTime(Instant.parse("2026-08-15T10:00:00Z")));
        assertThat(parse("@2026-08-01")).contains(new AtTime(Instant.parse("2026-08-01T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "xyzw",
                "latest~",
                "latest~-1",
                "latest~9999999999",
                "@",
                "@nonsense",
                "2026-08-01",
                "last"
            })
    void parse_whatCannotNameASnapshot_isEmpty(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void select_latest_countsFromTheNewest() {
        assertFound("latest", 15);
        assertFound("latest~0", 15);
        assertFound("latest~5", 10);
        assertNotFound("latest~6", "goes further back than the 6 snapshots", 10, 11, 12, 13, 14);
    }

    @Test
    void select_id_needsToMeanOne() {
        assertFound("33aa", 13);
        assertFound("1111a", 12);
        assertFound("11aa", 11);
        assertNotFound("ffff", "no snapshot has the id ffff", 15, 14, 13, 12, 11);
        var twins = List.of(snapshot("123456aa", 10), snapshot("123456bb", 11));
        assertThat(new ById("123456").select(twins)).isInstanceOfSatisfying(Selection.NotFound.class, notFound -> {
            assertThat(notFound.reason()).isEqualTo("several snapshots have the id 123456");
            assertThat(notFound.nearest()).containsExactly(twins.get(1), twins.get(0));
        });
    }

    @Test
    void select_name_orThoseNearestInTime() {
        assertFound("20260801-130000", 13);
        assertFound("checkpoint-20260801-100000", 10);
        assertNotFound("20260801-124500", "no snapshot has the name 20260801-124500", 13, 12, 14, 11, 15);
        assertNotFound("99999999-999999", "no snapshot has the name", 15, 14, 13, 12, 11);
    }

    @Test
    void select_name_thatTwoHave_isAmbiguous() {
        var twins = List.of(snapshot("aaaa", 10), snapshot("bbbb", 10));
        assertThat(new ByName("20260801-100000").select(twins))
                .isInstanceOfSatisfying(
                        Selection.NotFound.class,
                        notFound -> assertThat(notFound.nearest()).hasSize(2));
    }

    @Test
    void select_time_isTheNewestAtOrBefore() {
        assertFound("@2026-08-01T13:00", 13);
        assertFound("@2026-08-01T13:59", 13);
        assertFound("@now", 15);
        assertNotFound("@2026-08-01T09:59", "no snapshot is as old as 2026-08-01T09:59:00Z", 10, 11, 12, 13, 14);
    }

    @Test
    void select_emptyRepository_saysSo() {
        assertThat(new Latest(0).select(List.of()))
                .isEqualTo(new Selection.NotFound("the repository holds no snapshots", List.of()));
    }

    @Test
    void record_rootsNestedOrOutOfOrder_areRefused() {
        for (var paths : List.of(List.of("/b", "/a"), List.of("/a", "/a"), List.of("/a", "/a/b"))) {
            var roots = new ArrayList<SnapshotRoot>();
            paths.forEach(path -> roots.add(new SnapshotRoot(FilePath.of(path), SnapshotExamples.EMPTY_DIRECTORY)));
            assertThatThrownBy(() -> SnapshotExamples.snapshot("a".repeat(64), NOW, roots))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void id_notHexOfItsLength_isRefused() {
        for (String hex : List.of("", "A".repeat(64), "a".repeat(63), "g".repeat(64))) {
            assertThatThrownBy(() -> new SnapshotId(hex)).isInstanceOf(IllegalArgumentException.class);
        }
        var id = new SnapshotId("0123456789abcdef".repeat(4));
        assertThat(SnapshotId.of(id.toBytes())).isEqualTo(id);
        assertThat(id.shortHex()).isEqualTo("01234567");
    }
}
