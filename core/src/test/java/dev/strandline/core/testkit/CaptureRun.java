package dev.strandline.core.testkit;

import dev.strandline.core.capture.Capture;
import dev.strandline.core.capture.CaptureEvent;
import dev.strandline.core.capture.CaptureMemory;
import dev.strandline.core.capture.CaptureOptions;
import dev.strandline.core.capture.CaptureProgress;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.OwnPlace;
import dev.strandline.core.capture.SourceLink;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A capture into a {@link MemoryRepository}: set what matters, then {@link #run}. One thread. */
public final class CaptureRun {
    private static final Instant FIRST_TIME = Instant.parse("2026-08-01T10:00:00Z");

    private final MemoryRepository repository;
    private final List<FilePath> paths;
    private final List<CaptureEvent> events = new ArrayList<>();
    private HostFileSystem host = PosixFileSystem.open();
    private List<String> excludes = List.of();
    private final Map<FilePath, List<String>> excludesOf = new HashMap<>();
    private final Set<FilePath> optional = new HashSet<>();
    private boolean oneFileSystem;
    private boolean excludeCaches;
    private List<FileName> excludeIfPresent = List.of();
    private long excludeLargerThanBytes = Long.MAX_VALUE;
    private List<OwnPlace> ownPlaces = List.of();
    private final Map<FilePath, SourceLink> linksOf = new HashMap<>();
    private int workerCount = 2;
    private Optional<Snapshot> parent = Optional.empty();
    private BooleanSupplier cancelled = () -> false;
    private CaptureMemory memory = CaptureMemory.NONE;
    private final Map<FilePath, FilePath> placesOf = new HashMap<>();

    public CaptureRun(MemoryRepository repository, FilePath... paths) {
        this.repository = repository;
        this.paths = List.of(paths);
    }

    public CaptureRun host(HostFileSystem newHost) {
        host = newHost;
        return this;
    }

    public CaptureRun excludes(String... patterns) {
        excludes = List.of(patterns);
        return this;
    }

    /** The patterns of one of the paths, in place of those of all. */
    public CaptureRun excludes(FilePath path, String... patterns) {
        excludesOf.put(path, List.of(patterns));
        return this;
    }

    /** One of the paths may be missing. */
    public CaptureRun optional(FilePath path) {
        optional.add(path);
        return this;
    }

    /** One of the paths is read from a directory elsewhere. */
    public CaptureRun readFrom(FilePath path, FilePath directory) {
        placesOf.put(path, directory);
        return this;
    }

    public CaptureRun oneFileSystem() {
        oneFileSystem = true;
        return this;
    }

    public CaptureRun excludeCaches() {
        excludeCaches = true;
        return this;
    }

    public CaptureRun excludeIfPresent(String name) {
        excludeIfPresent = List.of(FileName.of(name));
        return this;
    }

    public CaptureRun excludeLargerThan(long bytes) {
        excludeLargerThanBytes = bytes;
        return this;
    }

    public CaptureRun ownPlaces(OwnPlace... places) {
        ownPlaces = List.of(places);
        return this;
    }

    /** What becomes of one of the paths if it is a symbolic link. */
    public CaptureRun link(FilePath path, SourceLink use) {
        linksOf.put(path, use);
        return this;
    }

    public CaptureRun workers(int count) {
        workerCount = count;
        return this;
    }

    public CaptureRun parent(Snapshot snapshot) {
        parent = Optional.of(snapshot);
        return this;
    }

    public CaptureRun cancelled(BooleanSupplier newCancelled) {
        cancelled = newCancelled;
        return this;
    }

    public CaptureRun memory(CaptureMemory newMemory) {
        memory = newMemory;
        return this;
    }

    /** What the last run told its listener. */
    public List<CaptureEvent> events() {
        return events;
    }

    public CaptureResult run() throws RepositoryException {
        events.clear();
        var sources = paths.stream().map(this::source).toList();
        var options = new CaptureOptions(sources, ownPlaces, workerCount);
        var capture = new Capture(host, repository.gearTable(), options, events::add, new CaptureProgress(), cancelled);
        try (var writer = repository.write()) {
            return capture.run(
                    writer, parent.map(snapshot -> new Capture.Parent(snapshot, repository.chunks())), memory);
        }
    }

    private CaptureSource source(FilePath path) {
        return new CaptureSource(
                        path,
                        optional.contains(path),
                        IgnoreRules.of(excludesOf.getOrDefault(path, excludes)),
                        oneFileSystem,
                        excludeCaches,
                        excludeIfPresent,
                        excludeLargerThanBytes)
                .from(placesOf.getOrDefault(path, path))
                .with(linksOf.getOrDefault(path, SourceLink.KEEP));
    }

    /** Runs and commits; each snapshot is an hour later than the one before. */
    public Snapshot commit() throws RepositoryException {
        var result = run();
        var writer = repository.write();
        var time = FIRST_TIME.plusSeconds(
                3600L * repository.snapshots().snapshots().size());
        writer.commit(SnapshotExamples.record(time, result.roots(), parent.map(Snapshot::id)));
        return repository.snapshots().snapshots().getLast();
    }
}
