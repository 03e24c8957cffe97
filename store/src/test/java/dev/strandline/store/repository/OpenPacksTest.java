package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.testkit.DelegatingFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many differences that stand in one pack, fetched at once. */
class OpenPacksTest {
    private static final long SEED = 35_040;
    private static final int CHUNK_BYTES = 4_000;
    private static final int COUNT = 150;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<ChunkId, byte[]> contents = new HashMap<>();
    private RealRepository real;
    private Path pack;

    @BeforeEach
    void storeDifferences() throws Exception {
        System.out.println("differences with seed " + SEED);
        real = new RealRepository(folder.resolve("repository"));
        real.init();
        byte[] base = new byte[CHUNK_BYTES];
        random.nextBytes(base);
        var baseId = store(List.of(base), BaseHint.NONE).getFirst();
        var before = packs();
        var edited = new ArrayList<byte[]>();
        for (int i = 0; i < COUNT; i++) {
            byte[] chunk = base.clone();
            chunk[i] ^= 1;
            chunk[CHUNK_BYTES / 2 + random.nextInt(CHUNK_BYTES / 2)] ^= 1;
            edited.add(chunk);
        }
        var ids = store(edited, () -> baseId);
        for (int i = 0; i < COUNT; i++) {
            contents.put(ids.get(i), edited.get(i));
        }
        var added = packs();
        added.removeAll(before);
        assertThat(added).hasSize(1);
        pack = added.iterator().next();
    }

    private List<ChunkId> store(List<byte[]> chunks, BaseHint hint) throws RepositoryException {
        try (var repository = real.open();
                var writer = repository.write()) {
            var lane = writer.openLane();
            var ids = new ArrayList<ChunkId>();
            for (byte[] chunk : chunks) {
                ids.add(lane.store(ChunkKind.DATA, chunk, 0, chunk.length, hint));
            }
            writer.flush();
            writer.commit(PresumptionTest.record());
            return ids;
        }
    }

    private Set<Path> packs() throws IOException {
        try (var files = Files.walk(real.folder().resolve("packs"))) {
            return new HashSet<>(files.filter(Files::isRegularFile).toList());
        }
    }

    /** What a fetch of all has brought. */
    private static final class Fetched implements ChunkReceiver {
        final Map<ChunkId, byte[]> intact = new HashMap<>(); // guarded by this
        final Set<ChunkId> damaged = new HashSet<>(); // guarded by this

        @Override
        public synchronized void accept(ChunkId id, byte[] data, int offset, int length) {
            intact.put(id, Arrays.copyOfRange(data, offset, offset + length));
        }

        @Override
        public synchronized void damaged(ChunkId id, DamageException damage) {
            damaged.add(id);
        }
    }

    private Fetched fetch(HostFileSystem host) throws RepositoryException {
        var fetched = new Fetched();
        try (var repository = real.openThrough(host)) {
            repository.chunks().fetch(contents.keySet(), fetched);
        }
        return fetched;
    }

    @Test
    void fetch_manyDifferencesOfOnePack_opensItAFewTimes() throws Exception {
        var opened = new AtomicInteger();
        var name = pack.getFileName().toString();
        var host = new DelegatingFileSystem(PosixFileSystem.open(), new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeOpen(FilePath path) {
                if (path.display().endsWith(name)) {
                    opened.incrementAndGet();
                }
            }
        });
        var fetched = fetch(host);
        assertThat(fetched.damaged).isEmpty();
        assertThat(fetched.intact).containsOnlyKeys(contents.keySet());
        contents.forEach((id, chunk) -> assertThat(fetched.intact.get(id)).isEqualTo(chunk));
        assertThat(opened.get()).isBetween(1, COUNT / 4);
    }

    @Test
    void fetch_packCutOff_bringsWhatIsLeft() throws Exception {
        try (var repository = real.open()) {
            // The index learns of the pack while it is whole.
            assertThat(repository.chunks().contains(contents.keySet().iterator().next()))
                    .isTrue();
        }
        byte[] whole = Files.readAllBytes(pack);
        Files.write(pack, Arrays.copyOf(whole, whole.length / 4));
        var fetched = fetch(PosixFileSystem.open());
        assertThat(fetched.damaged).hasSizeBetween(COUNT / 4, COUNT - 1);
        assertThat(fetched.intact).hasSize(COUNT - fetched.damaged.size());
        fetched.intact.forEach((id, chunk) -> assertThat(chunk).isEqualTo(contents.get(id)));
    }

    @Test
    void fetch_damagedDifference_isTheOnlyOneLost() throws Exception {
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 4] ^= 1;
        Files.write(pack, bytes);
        var fetched = fetch(PosixFileSystem.open());
        assertThat(fetched.damaged).hasSize(1);
        assertThat(fetched.intact).hasSize(COUNT - 1);
    }
}
