package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.testkit.SnapshotExamples;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.Objects;
import dev.strandline.store.crypto.Suite;
import dev.strandline.store.format.ConfigFormat;
import dev.strandline.store.repository.ProtocolExplorer.Actor;
import dev.strandline.store.testkit.MemoryObjects;
import dev.strandline.store.testkit.SnapshotRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Writers, a collection and a forgetting in every order, with a death at every moment. Of two writers only with two
 * interruptions, unless {@code -Dstrandline.explorer.interruptions=all} (or a number) asks for more, which takes much longer
 * and needs a heap of its size: {@code -Dtest.jvm.options=-Xmx15g}.
 */
class ProtocolExplorerTest {
    private static final CollectionOptions EAGER = new CollectionOptions(0, Optional.empty(), Duration.ZERO, false);
    private static final Set<ObjectKind> NOTHING = Set.of();
    private static final int CHUNK_BYTES = 3_000;
    private static final String INTERRUPTIONS = System.getProperty("strandline.explorer.interruptions", "2");
    private static final int DEATHS = Integer.getInteger("strandline.explorer.deaths", 1);

    private final MemoryObjects start = new MemoryObjects();
    private SnapshotId first;

    /** One snapshot, of the file that all runs are about. */
    @BeforeEach
    void createRepository() throws RepositoryException {
        var config = new ConfigFormat.Config(ProtocolExplorer.KEY.repository(), Suite.NONE);
        Objects.publish(start, ObjectName.CONFIG, ConfigFormat.encode(config));
        try (var repository = ProtocolExplorer.open(start, 100, Duration.ZERO)) {
            first = take(repository, content(0), Optional.empty());
        }
    }

    private static byte[] content(int changes) {
        byte[] bytes = new byte[CHUNK_BYTES];
        new Random(1).nextBytes(bytes);
        for (int i = 0; i < changes; i++) {
            bytes[CHUNK_BYTES / 2 + i]++;
        }
        return bytes;
    }

    /** A directory with one file, which is like another one. */
    private static SnapshotId take(Repository repository, byte[] content, Optional<byte[]> like)
            throws RepositoryException {
        try (var writer = repository.write()) {
            var lane = writer.openLane();
            BaseHint hint = () ->
                    like.map(bytes -> repository.idOf(bytes, 0, bytes.length)).orElse(null);
            var chunk = lane.store(ChunkKind.DATA, content, 0, content.length, hint);
            var root = new SnapshotRoot(FilePath.of("/d"), directory(lane, chunk, content.length));
            writer.flush();
            writer.commit(SnapshotExamples.record(Instant.ofEpochSecond(1), List.of(root), Optional.empty()));
            return writer.id();
        }
    }

    private static Node.Directory directory(ChunkLane lane, ChunkId file, int length) throws RepositoryException {
        var content = new ChunkStream.Direct(List.of(new Extent.Chunk(file, length)));
        var node = new Node.RegularFile(SnapshotExamples.METADATA, content, false);
        var body = new Encoder();
        NodeCodec.encode(body, new Entry(FileName.of("f"), node));
        byte[] bytes =
                new Encoder().unsigned8(NodeCodec.VERSION).sized(body.toBytes()).toBytes();
        var chunk = lane.store(ChunkKind.TREE, bytes, 0, bytes.length, BaseHint.NONE);
        return new Node.Directory(
                SnapshotExamples.METADATA, new ChunkStream.Direct(List.of(new Extent.Chunk(chunk, bytes.length))));
    }

    private static Actor writer(String name, int changes, Set<ObjectKind> stale) {
        return new Actor(
                name,
                Duration.ZERO,
                stale,
                repository -> Optional.of(take(repository, content(changes), Optional.of(content(0)))));
    }

    private Actor forgetting() {
        return new Actor("forget", Duration.ZERO, NOTHING, repository -> {
            repository.forget(List.of(first));
            return Optional.empty();
        });
    }

    private static Actor collection(Duration ahead, Set<ObjectKind> stale) {
        return new Actor("gc", ahead, stale, repository -> {
            repository.collect(EAGER, () -> {});
            return Optional.empty();
        });
    }

    /** What was committed is whole, and three quiet collections leave nothing that nobody needs. */
    private Optional<String> verdict(Backend backend, Set<SnapshotId> committed) throws RepositoryException {
        try (var repository = ProtocolExplorer.open(backend, 200, Duration.ZERO)) {
            var wrong = wrong(repository, committed);
            if (wrong.isPresent()) {
                return wrong;
            }
            var report = repository.collect(EAGER, () -> {});
            for (int i = 0; i < 2; i++) {
                report = repository.collect(EAGER, () -> {});
            }
            if (report.unusedChunks() > 0 || report.waitsFor() > 0) {
                return Optional.of("after three collections: " + report);
            }
            if (!backend.list(ObjectKind.SESSION).isEmpty()) {
                return Optional.of("sessions are left: " + backend.list(ObjectKind.SESSION));
            }
        }
        try (var repository = ProtocolExplorer.open(backend, 300, Duration.ZERO)) {
            return wrong(repository, committed);
        }
    }

    private Optional<String> wrong(Repository repository, Set<SnapshotId> committed) throws RepositoryException {
        var listing = repository.snapshots();
        var ids = new ArrayList<>(listing.snapshots().stream().map(Snapshot::id).toList());
        if (!listing.damaged().isEmpty()) {
            return Optional.of("damaged: " + listing.damaged());
        }
        if (!ids.containsAll(committed)) {
            return Optional.of("of " + committed + " there are " + ids);
        }
        var report = SnapshotRuns.check(repository);
        return report.isClean() ? Optional.empty() : Optional.of("check: " + report.damages() + report.affected());
    }

    private ProtocolExplorer.Result explore(int deaths, int violations, Actor... actors) throws RepositoryException {
        return explore(ProtocolExplorer.ANY, deaths, violations, actors);
    }

    private ProtocolExplorer.Result explore(int interruptions, int deaths, int violations, Actor... actors)
            throws RepositoryException {
        long begin = System.nanoTime();
        var result =
                new ProtocolExplorer(List.of(actors), interruptions, deaths, violations, this::verdict).explore(start);
        System.out.println(result.states() + " states, " + result.endings() + " endings in "
                + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms: " + result.outcomes());
        assertThat(result.outcomes().keySet()).noneMatch(outcome -> outcome.contains("damage"));
        return result;
    }

    @Test
    void writerForgettingAndCollection_everyOrderAndDeath_loseNothing() throws RepositoryException {
        var result = explore(1, 1, writer("a", 0, NOTHING), forgetting(), collection(Duration.ZERO, NOTHING));
        assertThat(result.violations()).isEmpty();
        assertThat(result.states()).isGreaterThan(10_000);
        assertThat(result.outcomes()).containsKeys("a: done", "a: dead", "gc: done", "gc: dead");
    }

    @Test
    void differenceFromWhatIsForgotten_everyOrderAndDeath_losesNothing() throws RepositoryException {
        var result = explore(1, 1, writer("a", 1, NOTHING), forgetting(), collection(Duration.ZERO, NOTHING));
        assertThat(result.violations()).isEmpty();
        assertThat(result.states()).isGreaterThan(10_000);
    }

    @Test
    void collectionThatWaitsForNobody_everyOrder_fencesWritersButLosesNothing() throws RepositoryException {
        var result = explore(0, 1, writer("a", 0, NOTHING), forgetting(), collection(Duration.ofHours(25), NOTHING));
        assertThat(result.violations()).isEmpty();
        assertThat(result.outcomes()).containsKeys("a: done", "a: RefusedException", "gc: done");
    }

    private ProtocolExplorer.Result exploreTwoWriters(Set<ObjectKind> ofWriters, Set<ObjectKind> ofCollection)
            throws RepositoryException {
        return explore(
                INTERRUPTIONS.equals("all") ? ProtocolExplorer.ANY : Integer.parseInt(INTERRUPTIONS),
                DEATHS,
                1,
                writer("a", 0, ofWriters),
                writer("b", 1, ofWriters),
                forgetting(),
                collection(Duration.ZERO, ofCollection));
    }

    @Test
    void twoWritersForgettingAndCollection_twoInterruptionsAndDeath_loseNothing() throws RepositoryException {
        var result = exploreTwoWriters(NOTHING, NOTHING);
        assertThat(result.violations()).isEmpty();
        assertThat(result.states()).isGreaterThan(10_000);
        assertThat(result.outcomes()).containsKeys("a: done", "b: done", "gc: done");
        if (DEATHS > 0) {
            assertThat(result.outcomes()).containsKeys("a: dead", "b: dead", "gc: dead");
        }
    }

    @Test
    void collectionWithoutASecondMark_isFoundToLoseASnapshotOfTwoWriters() throws RepositoryException {
        assertThat(exploreTwoWriters(NOTHING, Set.of(ObjectKind.SNAPSHOT)).violations())
                .isNotEmpty();
    }

    @Test
    void writersThatDoNotLookAgain_areFoundToLoseASnapshot() throws RepositoryException {
        assertThat(exploreTwoWriters(Set.of(ObjectKind.GENERATION), NOTHING).violations())
                .isNotEmpty();
    }

    @Test
    void collectionWithoutASecondMark_isFoundToLoseASnapshot() throws RepositoryException {
        var result = explore(
                0, 1, writer("a", 0, NOTHING), forgetting(), collection(Duration.ZERO, Set.of(ObjectKind.SNAPSHOT)));
        assertThat(result.violations()).isNotEmpty();
    }

    @Test
    void writerThatDoesNotLookAgain_isFoundToLoseASnapshot() throws RepositoryException {
        var result = explore(
                0, 1, writer("a", 0, Set.of(ObjectKind.GENERATION)), forgetting(), collection(Duration.ZERO, NOTHING));
        assertThat(result.violations()).isNotEmpty();
    }
}
