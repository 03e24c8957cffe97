package dev.strandline.core.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which snapshot is meant: an id or at least {@value #MIN_ID_DIGITS} digits of one, a name, {@code latest},
 * {@code latest~3} or {@code @TIME}.
 */
public sealed interface SnapshotSelector {
    int MIN_ID_DIGITS = 4;

    /** How many snapshots an error lists as near. */
    int MAX_CANDIDATES = 5;

    /** The {@code count}-th newest, 0 is the newest. */
    record Latest(int count) implements SnapshotSelector {}

    record ById(String digits) implements SnapshotSelector {}

    /** By UTC time, {@code 20251116-151944}. */
    record ByName(String name) implements SnapshotSelector {}

    /** The newest at or before a moment. */
    record AtTime(Instant time) implements SnapshotSelector {}

    Pattern LATEST = Pattern.compile("latest(?:~(\\d{1,9}))?");
    Pattern ID = Pattern.compile("[0-9a-fA-F]{" + MIN_ID_DIGITS + ",64}");
    Pattern NAME = Pattern.compile("(?:checkpoint-)?(\\d{8}-\\d{6})");

    /** What {@code text} means, or empty when it can't name a snapshot at all. */
    static Optional<SnapshotSelector> parse(String text, Instant now, ZoneId zone) {
        if (text.startsWith("@")) {
            return TimeExpression.parse(text.substring(1), now, zone).map(AtTime::new);
        }
        var latest = LATEST.matcher(text);
        if (latest.matches()) {
            return Optional.of(new Latest(latest.group(1) == null ? 0 : Integer.parseInt(latest.group(1))));
        }
        var name = NAME.matcher(text);
        if (name.matches()) {
            return Optional.of(new ByName(name.group(1)));
        }
        return ID.matcher(text).matches() ? Optional.of(new ById(text.toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    /** How many of the newest snapshots up to a moment tell which one is meant; empty when it takes all. */
    default OptionalInt newestNeeded() {
        return switch (this) {
            case Latest(int count) -> OptionalInt.of(count + 1);
            case AtTime _ -> OptionalInt.of(1);
            case ById _, ByName _ -> OptionalInt.empty();
        };
    }

    /** Whether a snapshot is not after the moment that this is about. */
    default boolean mayBe(Snapshot snapshot) {
        return !(this instanceof AtTime(Instant time))
                || !snapshot.record().time().isAfter(time);
    }

    /** What came of looking for a snapshot. */
    sealed interface Selection {
        record Found(Snapshot snapshot) implements Selection {}

        /** None or several were meant; {@code nearest} may have been. */
        record NotFound(String reason, List<Snapshot> nearest) implements Selection {}
    }

    /** Finds the one snapshot among {@code snapshots}, which are in any order, that is meant. */
    default Selection select(List<Snapshot> snapshots) {
        if (snapshots.isEmpty()) {
            return new Selection.NotFound("the repository holds no snapshots", List.of());
        }
        var newestFirst = snapshots.stream().sorted(Snapshot.BY_TIME.reversed()).toList();
        return switch (this) {
            case Latest(int count) ->
                count < newestFirst.size()
                        ? new Selection.Found(newestFirst.get(count))
                        : notFound(
                                "latest~" + count + " goes further back than the " + newestFirst.size()
                                        + " snapshots there are",
                                newestFirst.reversed());
            case ById(String digits) ->
                only(
                        "id " + digits,
                        newestFirst.stream()
                                .filter(snapshot -> snapshot.id().hex().startsWith(digits))
                                .toList(),
                        newestFirst);
            case ByName(String name) ->
                only(
                        "name " + name,
                        newestFirst.stream()
                                .filter(snapshot -> snapshot.record().name().equals(name))
                                .toList(),
                        nearestTo(name, newestFirst));
            case AtTime(Instant time) ->
                newestFirst.stream()
                        .filter(snapshot -> !snapshot.record().time().isAfter(time))
                        .findFirst()
                        .<Selection>map(Selection.Found::new)
                        .orElseGet(() -> notFound("no snapshot is as old as " + time, newestFirst.reversed()));
        };
    }

    private static Selection only(String what, List<Snapshot> hits, List<Snapshot> nearest) {
        return switch (hits.size()) {
            case 1 -> new Selection.Found(hits.getFirst());
            case 0 -> notFound("no snapshot has the " + what, nearest);
            default -> notFound("several snapshots have the " + what, hits);
        };
    }

    private static Selection notFound(String reason, List<Snapshot> nearest) {
        return new Selection.NotFound(
                reason, nearest.stream().limit(MAX_CANDIDATES).toList());
    }

    private static List<Snapshot> nearestTo(String name, List<Snapshot> snapshots) {
        return TimeExpression.parse(name, Instant.EPOCH, ZoneOffset.UTC)
                .map(time -> snapshots.stream()
                        .sorted(Comparator.comparing(snapshot ->
                                Duration.between(time, snapshot.record().time()).abs()))
                        .toList())
                .orElse(snapshots);
    }
}
