package dev.strandline.core.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class RetentionPolicyTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final TakenSnapshots taken = new TakenSnapshots();

    @Test
    void last_keepsTheNewest() {
        taken.every(QUARTER, START, 10);
        assertEquals(Set.of(7, 8, 9), kept(new RetentionRule.Last(3)));
    }

    @Test
    void eachPeriod_keepsTheNewestOfEach() {
        int first = taken.at("2025-12-31T23:59:10Z");
        int second = taken.at("2025-12-31T23:59:50Z");
        int third = taken.at("2026-01-01T00:00:00Z");
        int fourth = taken.at("2026-01-01T00:40:00Z");
        int fifth = taken.at("2026-01-04T12:00:00Z");
        int sixth = taken.at("2026-01-05T12:00:00Z");
        int all = RetentionRule.UNLIMITED;
        assertEquals(Set.of(second, third, fourth, fifth, sixth), kept(new RetentionRule.Newest(Period.MINUTELY, all)));
        assertEquals(Set.of(second, fourth, fifth, sixth), kept(new RetentionRule.Newest(Period.HOURLY, all)));
        assertEquals(Set.of(second, fourth, fifth, sixth), kept(new RetentionRule.Newest(Period.DAILY, all)));
        // The first week of 2026 is from 29 December to 4 January.
        assertEquals(Set.of(fifth, sixth), kept(new RetentionRule.Newest(Period.WEEKLY, all)));
        assertEquals(Set.of(second, sixth), kept(new RetentionRule.Newest(Period.MONTHLY, all)));
        assertEquals(Set.of(second, sixth), kept(new RetentionRule.Newest(Period.YEARLY, all)));
        assertEquals(Set.of(sixth, fifth), kept(new RetentionRule.Newest(Period.DAILY, 2)));
        assertEquals(0, first);
    }

    @Test
    void days_areTheZones() {
        int evening = taken.at("2026-03-01T22:30:00Z");
        int night = taken.at("2026-03-01T23:30:00Z");
        var rules = policy(new RetentionRule.Newest(Period.DAILY, 10));
        assertEquals(Set.of(night), numbers(plan(rules, ZoneOffset.UTC).kept()));
        assertEquals(
                Set.of(evening, night),
                numbers(plan(rules, ZoneId.of("Europe/Berlin")).kept()));
    }

    @Test
    void within_countsFromTheNewest() {
        taken.every(Duration.ofHours(6), START, 20);
        assertEquals(Set.of(15, 16, 17, 18, 19), kept(new RetentionRule.Within(Duration.ofDays(1))));
        assertEquals(Set.of(11, 15, 19), kept(new RetentionRule.NewestWithin(Period.DAILY, Duration.ofDays(2))));
    }

    @Test
    void tags_keepSnapshotsThatHaveAll() {
        taken.tags("a").at("2026-03-01T00:00:00Z");
        int both = taken.tags("a", "b").at("2026-03-02T00:00:00Z");
        int newest = taken.tags().at("2026-03-03T00:00:00Z");
        assertEquals(Set.of(both, newest), kept(new RetentionRule.Tagged(Set.of("b", "a"))));
    }

    @Test
    void versions_keepTheFirstOfEachNoOlderThanThat() {
        taken.every(Duration.ofDays(1), START, 30);
        var rule = new RetentionRule.Versions(FilePath.of("/srv/etc"), Duration.ofDays(20));
        var firsts = Set.of(5, 12, 25);
        var plan = policy(rule)
                .plan(
                        taken.all(),
                        NOW,
                        ZoneOffset.UTC,
                        Map.of(
                                rule,
                                taken.all().stream()
                                        .filter(snapshot -> firsts.contains(TakenSnapshots.number(snapshot)))
                                        .map(Snapshot::id)
                                        .collect(Collectors.toSet())));
        assertEquals(List.of(rule), policy(rule).versionRules());
        assertEquals(Set.of(12, 25, 29), numbers(plan.kept()));
    }

    @Test
    void pinnedAndTheNewestOfEachSource_areKeptAlways() {
        int pinned = taken.pinned(true).at("2026-03-01T00:00:00Z");
        taken.pinned(false);
        int newestWithEtc = taken.paths("/etc", "/srv").at("2026-03-02T00:00:00Z");
        taken.paths("/srv");
        taken.every(QUARTER, Instant.parse("2026-03-03T00:00:00Z"), 3);
        int other = taken.host("mail").at("2026-03-01T00:00:00Z");
        taken.host("web");
        var byHost = new RetentionPolicy(List.of(new RetentionRule.Last(1)), Set.of(), OptionalLong.empty());
        assertEquals(
                Set.of(pinned, newestWithEtc, 4, other),
                numbers(plan(byHost, ZoneOffset.UTC).kept()));
    }

    @Test
    void groups_areThinnedEachOnItsOwn() {
        taken.every(QUARTER, START, 3);
        taken.host("mail").every(QUARTER, START, 3);
        taken.paths("/etc").every(QUARTER, START, 3);
        taken.tags("hand").at(START.plus(Duration.ofHours(1)));
        assertEquals(Set.of(2, 5, 9), kept(new RetentionRule.Last(1)));
        var byTags = new RetentionPolicy(
                List.of(new RetentionRule.Last(1)),
                Set.of(Grouping.HOST, Grouping.PATHS, Grouping.TAGS),
                OptionalLong.empty());
        assertEquals(Set.of(2, 5, 8, 9), numbers(plan(byTags, ZoneOffset.UTC).kept()));
    }

    @Test
    void reasons_areGivenForEachDecision() {
        taken.every(Duration.ofDays(1), START, 3);
        var plan = plan(policy(new RetentionRule.Last(1), new RetentionRule.Newest(Period.DAILY, 2)), ZoneOffset.UTC);
        var decisions = plan.groups().getFirst().decisions();
        assertEquals("web /srv", plan.groups().getFirst().name());
        assertEquals(List.of("no rule keeps it"), decisions.get(0).reasons());
        assertEquals(List.of("daily: newest of 2026-03-02"), decisions.get(1).reasons());
        assertEquals(
                List.of("newest of /srv", "among the last 1", "daily: newest of 2026-03-03"),
                decisions.get(2).reasons());
    }

    @Test
    void rulesThatKeepNothingOfAGroup_areRefused() {
        taken.tags("hand").every(QUARTER, START, 2);
        taken.host("mail").tags().every(QUARTER, START, 2);
        var policy = policy(new RetentionRule.Tagged(Set.of("hand")));
        var refused = assertThrows(EmptyKeepSetException.class, () -> plan(policy, ZoneOffset.UTC));
        assertEquals("the rules keep nothing of mail /srv", refused.getMessage());
    }

    @Test
    void contradictions_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RetentionRule.Last(0));
        assertThrows(IllegalArgumentException.class, () -> new RetentionRule.Newest(Period.DAILY, -1));
        assertThrows(IllegalArgumentException.class, () -> new RetentionRule.Within(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new RetentionRule.Tagged(Set.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RetentionRule.Versions(FilePath.of("etc"), Duration.ofDays(1)));
        assertThrows(
                IllegalArgumentException.class, () -> policy(new RetentionRule.Last(1), new RetentionRule.Last(2)));
        assertThrows(
                IllegalArgumentException.class, () -> new RetentionPolicy(List.of(), Set.of(), OptionalLong.of(0)));
    }

    @Test
    void noRules_keepAll() {
        taken.every(QUARTER, START, 5);
        assertTrue(RetentionPolicy.NONE.keepsAll());
        assertEquals(5, plan(RetentionPolicy.NONE, ZoneOffset.UTC).kept().size());
    }

    @Test
    void budget_dropsTheOldestThatAreNotProtected() {
        int pinned = taken.pinned(true).at(START);
        taken.pinned(false).every(Duration.ofDays(1), START.plus(QUARTER), 5);
        var plan = plan(RetentionPolicy.NONE, ZoneOffset.UTC);
        assertEquals(
                List.of(5, pinned, 4, 3, 2, 1),
                plan.byWorth().stream().map(TakenSnapshots::number).toList());
        var fitted = plan.within(100, new long[] {40, 30, 20, 10, 1, 0});
        assertEquals(Set.of(pinned, 3, 4, 5), numbers(fitted.kept()));
        assertEquals(2, fitted.forgotten().size());
        assertEquals(
                Set.of(pinned, 5),
                numbers(plan.within(1, new long[] {40, 30, 20, 10, 1, 0}).kept()));
    }

    @Test
    void aClockThatWasInTheFuture_doesNotEvict() {
        taken.every(QUARTER, START, 96);
        int wrong = taken.at("2036-01-01T00:00:00Z");
        taken.every(QUARTER, START.plus(Duration.ofDays(1)), 4);
        assertEquals(Set.of(wrong, 96 + 4), kept(new RetentionRule.Last(1)));
        assertEquals(
                IntStream.rangeClosed(96, 100).boxed().collect(Collectors.toSet()),
                kept(new RetentionRule.Within(Duration.ofMinutes(45))));
        // The same by a clock that is still wrong: nothing has become ten years old.
        var later = policy(new RetentionRule.Within(Duration.ofDays(3)))
                .plan(taken.all(), Instant.parse("2036-01-02T00:00:00Z"), ZoneOffset.UTC, Map.of());
        assertEquals(101, later.kept().size());
    }

    @Test
    void aClockThatWasInThePast_doesNotMakeOldSnapshotsOfNewOnes() {
        taken.every(QUARTER, START, 10);
        int wrong = taken.at("1970-01-01T00:00:10Z");
        assertEquals(Set.of(wrong), kept(new RetentionRule.Last(1)));
        int right = taken.at(START.plus(Duration.ofDays(1)));
        assertEquals(Set.of(right), kept(new RetentionRule.Last(1)));
        assertEquals(Set.of(wrong, right), kept(new RetentionRule.Last(2)));
        assertEquals(Set.of(wrong, right), kept(new RetentionRule.Newest(Period.DAILY, 5)));
    }

    @Test
    void twoTimesThatContradictEachOther_theLaterOneIsBelieved() {
        int right = taken.at(START);
        int wrong = taken.at("1980-01-01T00:00:00Z");
        int newest = taken.at(START.plus(Duration.ofMinutes(30)));
        assertEquals(Set.of(right, wrong, newest), kept(new RetentionRule.Within(Duration.ofHours(1))));
    }

    @Test
    void aClockInTheFarFutureNow_evictsNothingByAge() {
        taken.every(QUARTER, START, 96);
        var wrongNow = Instant.parse("2099-01-01T00:00:00Z");
        var plan = policy(new RetentionRule.Within(Duration.ofDays(2)))
                .plan(taken.all(), wrongNow, ZoneOffset.UTC, Map.of());
        assertEquals(96, plan.kept().size());
    }

    @Test
    void snapshotsWithoutASequence_standWhereTheirTimesPutThem() {
        int imported = taken.sequenced(false).at(START.minus(Duration.ofDays(100)));
        taken.sequenced(true).every(Duration.ofDays(1), START, 5);
        int importedLater = taken.sequenced(false).at(START.plus(Duration.ofHours(60)));
        assertEquals(Set.of(importedLater, 4, 5), kept(new RetentionRule.Last(3)));
        assertEquals(0, imported);
    }

    @Test
    void aServerThatWasOff_keepsWhatItHad() {
        taken.every(QUARTER, START, 96);
        taken.at(START.plus(Duration.ofDays(60)));
        assertEquals(97, kept(new RetentionRule.Within(Duration.ofDays(2))).size());
    }

    /** Whatever the order of the list, and whatever is gone already, the plan keeps the same and then nothing changes. */
    @Property(tries = 200)
    void plan_isIndependentOfOrderAndStable(@ForAll long seed) {
        var random = new Random(seed);
        var several = new TakenSnapshots();
        boolean clocksAreRight = random.nextBoolean();
        var time = START;
        for (int i = 0; i < 60; i++) {
            time = time.plusSeconds(1 + random.nextInt(100_000));
            boolean isWrong = !clocksAreRight && random.nextInt(10) == 0;
            several.host(random.nextBoolean() ? "a" : "b")
                    .at(isWrong ? time.minusSeconds(random.nextInt(1 << 30)) : time);
        }
        var policy = policy(
                new RetentionRule.Last(1 + random.nextInt(4)),
                new RetentionRule.Newest(Period.DAILY, 1 + random.nextInt(9)),
                new RetentionRule.Newest(Period.WEEKLY, 1 + random.nextInt(5)));
        var kept = numbers(
                policy.plan(several.all(), NOW, ZoneOffset.UTC, Map.of()).kept());
        var shuffled = several.all().stream().collect(Collectors.toList());
        Collections.shuffle(shuffled, random);
        assertEquals(
                kept,
                numbers(policy.plan(shuffled, NOW, ZoneOffset.UTC, Map.of()).kept()));
        var remaining = several.all().stream()
                .filter(snapshot -> kept.contains(TakenSnapshots.number(snapshot)))
                .toList();
        var again =
                numbers(policy.plan(remaining, NOW, ZoneOffset.UTC, Map.of()).kept());
        var newest = remaining.stream()
                .collect(Collectors.groupingBy(
                        snapshot -> snapshot.record().hostname(),
                        Collectors.mapping(TakenSnapshots::number, Collectors.toSet())));
        newest.values().forEach(ofHost -> assertTrue(again.contains(Collections.max(ofHost)), "seed " + seed));
        if (clocksAreRight) {
            assertEquals(kept, again, "seed " + seed);
        }
    }

    private static RetentionPolicy policy(RetentionRule... rules) {
        return new RetentionPolicy(List.of(rules), RetentionPolicy.DEFAULT_GROUPING, OptionalLong.empty());
    }

    private Set<Integer> kept(RetentionRule rule) {
        return numbers(plan(policy(rule), ZoneOffset.UTC).kept());
    }

    private RetentionPlan plan(RetentionPolicy policy, ZoneId zone) {
        return policy.plan(taken.all(), NOW, zone, Map.of());
    }

    private static Set<Integer> numbers(List<Snapshot> snapshots) {
        return snapshots.stream().map(TakenSnapshots::number).collect(Collectors.toSet());
    }
}
