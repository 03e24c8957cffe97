package dev.strandline.core.testkit;

import dev.strandline.core.fs.FileTime;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Snapshots of which a test only says what it is about. */
public final class SnapshotExamples {
    public static final Metadata METADATA =
            new Metadata(0755, 0, 0, new FileTime(1_234_567_890, 0), List.of(), Optional.empty());
    public static final Node.Directory EMPTY_DIRECTORY = new Node.Directory(METADATA, ChunkStream.EMPTY);

    private SnapshotExamples() {}

    public static Snapshot snapshot(String id, Instant time, List<SnapshotRoot> roots) {
        return new Snapshot(new SnapshotId(id), record(time, roots, Optional.empty()));
    }

    public static SnapshotRecord record(Instant time, List<SnapshotRoot> roots, Optional<SnapshotId> parent) {
        return new SnapshotRecord(
                time,
                ZoneOffset.UTC,
                "host",
                "user",
                "strandline test",
                "",
                List.of(),
                Trigger.MANUAL,
                roots,
                List.of(),
                List.of(),
                List.of(),
                false,
                parent,
                new SnapshotTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO),
                List.of());
    }
}
