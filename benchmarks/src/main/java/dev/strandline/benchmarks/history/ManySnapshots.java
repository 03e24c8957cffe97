package dev.strandline.benchmarks.history;

import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.history.KeptTrees;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A tree of {@value #FILES} files that changes a little, one snapshot every 15 minutes: each step appends a line to one
 * file, every {@value #WATCHED_EVERY}th to the same one. All snapshots are real, taken by the engines of the
 * {@code snapshot} command in this process, since so many starts of the program would take an hour.
 */
final class ManySnapshots {
    static final int FILES = 1000;
    static final int WATCHED_EVERY = 100;

    private static final int FOLDERS = 40;
    private static final int LINES = 200;
    private static final long SEED = 35_040;
    private static final Duration STEP = Duration.ofMinutes(15);

    private final HostFileSystem host;
    private final Path tree;
    private final Random random = new Random(SEED);
    private final List<Path> files = new ArrayList<>();

    ManySnapshots(HostFileSystem host, Path tree) {
        this.host = host;
        this.tree = tree;
    }

    /** The file with one version for every {@value #WATCHED_EVERY} snapshots. */
    Path watched() {
        return files.getFirst();
    }

    void createTree() throws IOException {
        for (int i = 0; i < FILES; i++) {
            var folder = tree.resolve("service-" + i % FOLDERS).resolve("part-" + i % 3);
            Files.createDirectories(folder);
            var file = folder.resolve("settings-" + i + ".conf");
            var lines = new ArrayList<String>();
            for (int line = 0; line < LINES; line++) {
                lines.add(line("setting-" + line));
            }
            Files.write(file, lines);
            files.add(file);
        }
    }

    /** @param last the moment of the last snapshot */
    void take(Repository repository, int count, Instant last) throws RepositoryException, IOException {
        var parent = Optional.<Snapshot>empty();
        for (int step = 0; step < count; step++) {
            edit(step);
            var time = last.minus(STEP.multipliedBy(count - 1L - step));
            parent = Optional.of(take(repository, parent, step, time));
        }
    }

    private void edit(int step) throws IOException {
        var file = step % WATCHED_EVERY == 0 ? watched() : files.get(1 + random.nextInt(FILES - 1));
        Files.writeString(file, line("step-" + step) + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    private String line(String name) {
        return name + " = " + Long.toHexString(random.nextLong());
    }

    private Snapshot take(Repository repository, Optional<Snapshot> parent, int step, Instant time)
            throws RepositoryException {
        try (var writer = new KeptTrees(repository.write())) {
            var options = new CaptureOptions(List.of(CaptureSource.whole(FilePath.of(tree.toString()))), List.of(), 2);
            var result = new Capture(host, repository.gearTable(), options, _ -> {}, new CaptureProgress(), () -> false)
                    .run(writer, parent.map(before -> {
                        try {
                            return new Capture.Parent(before, repository.chunks());
                        } catch (RepositoryException e) {
                            throw new IllegalStateException(e);
                        }
                    }));
            writer.flush();
            var record = new SnapshotRecord(
                    time,
                    ZoneOffset.UTC,
                    "bench",
                    "root",
                    "strandline benchmark",
                    "step " + step,
                    List.of(),
                    Trigger.SCHEDULED,
                    result.roots(),
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    parent.map(Snapshot::id),
                    result.counts().toTotals(writer.addedBytes(), writer.storedBytes(), Duration.ZERO),
                    result.problems(),
                    parent.isEmpty() ? Optional.empty() : writer.changesSince(parent.get(), result.roots()),
                    OptionalLong.of(step + 1L));
            writer.commit(record);
            return new Snapshot(writer.id(), record);
        }
    }
}
