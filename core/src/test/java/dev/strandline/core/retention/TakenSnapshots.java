package dev.strandline.core.retention;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.core.testkit.SnapshotExamples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Snapshots as they are taken one after the other. */
final class TakenSnapshots {
    private final List<Snapshot> taken = new ArrayList<>();
    private String host = "web";
    private List<String> paths = List.of("/srv");
    private List<String> tags = List.of();
    private boolean pinned;
    private boolean sequenced = true;

    TakenSnapshots host(String name) {
        host = name;
        return this;
    }

    TakenSnapshots paths(String... all) {
        paths = List.of(all);
        return this;
    }

    TakenSnapshots tags(String... all) {
        tags = List.of(all);
        return this;
    }

    TakenSnapshots pinned(boolean isPinned) {
        pinned = isPinned;
        return this;
    }

    TakenSnapshots sequenced(boolean isSequenced) {
        sequenced = isSequenced;
        return this;
    }

    /** Takes one, and tells its number: the first is 0. */
    int at(Instant time) {
        int number = taken.size();
        var record = new SnapshotRecord(
                time,
                ZoneOffset.UTC,
                host,
                "user",
                "strandline test",
                "",
                tags,
                Trigger.SCHEDULED,
                paths.stream()
                        .map(path -> new SnapshotRoot(FilePath.of(path), SnapshotExamples.EMPTY_DIRECTORY))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                pinned,
                Optional.empty(),
                new SnapshotTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO),
                List.of());
        taken.add(new Snapshot(
                new SnapshotId(String.format("%064x", number)),
                sequenced ? record.with(OptionalLong.of(number + 1)) : record));
        return number;
    }

    int at(String time) {
        return at(Instant.parse(time));
    }

    /** Takes {@code count}, the first at {@code time}. */
    void every(Duration interval, Instant time, int count) {
        for (int i = 0; i < count; i++) {
            at(time.plus(interval.multipliedBy(i)));
        }
    }

    List<Snapshot> all() {
        return List.copyOf(taken);
    }

    /** The number that {@link #at} told. */
    static int number(Snapshot snapshot) {
        return Integer.parseInt(snapshot.id().hex(), 16);
    }
}
