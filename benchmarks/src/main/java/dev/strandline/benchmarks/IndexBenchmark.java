package dev.strandline.benchmarks;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.format.FrameEntry;
import dev.strandline.store.format.PackContents;
import dev.strandline.store.format.PackEntry;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.index.ChunkLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Looking chunks up in an index of many, in random order: one that was written, closed and opened again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class IndexBenchmark {
    private static final int FRAMES_PER_PACK = 250;
    private static final int CHUNKS_PER_FRAME = 4;
    private static final int CHUNKS_PER_PACK = FRAMES_PER_PACK * CHUNKS_PER_FRAME;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int SEALED_BYTES = 100_000;
    private static final long SEED = 1;

    /** How many chunks the index knows. */
    @Param({"1000000", "10000000"})
    private int chunks;

    private final MasterKey key = MasterKey.unencrypted(new RepositoryId("00".repeat(RepositoryId.BYTES)));
    private final Random random = new Random(SEED);

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ChunkIndex index;

    /** Writes the index and opens it again, so that look-ups go to its files. */
    @Setup(Level.Trial)
    public void setUp() throws IOException, RepositoryException {
        folder = Files.createTempDirectory("strandline-index-benchmark");
        var packs = new ListedPacks();
        try (var growing = open(packs)) {
            for (int number = 0; number < chunks / CHUNKS_PER_PACK; number++) {
                var pack = pack(number);
                growing.add(pack);
                packs.add(pack.pack());
            }
        }
        index = open(packs);
    }

    private ChunkIndex open(ListedPacks packs) throws RepositoryException {
        return ChunkIndex.open(packs, key, folder.resolve("index.rocksdb"), _ -> {});
    }

    private static PackListing pack(int number) {
        var frames = new ArrayList<FrameEntry>();
        for (int frame = 0; frame < FRAMES_PER_PACK; frame++) {
            var entries = new ArrayList<PackEntry>();
            for (int chunk = 0; chunk < CHUNKS_PER_FRAME; chunk++) {
                long serial = (long) number * CHUNKS_PER_PACK + (long) frame * CHUNKS_PER_FRAME + chunk;
                entries.add(new PackEntry(chunkId(serial), CHUNK_BYTES));
            }
            frames.add(new FrameEntry(ChunkKind.DATA, SEALED_BYTES, Optional.empty(), entries));
        }
        var name = ObjectName.of(ObjectKind.PACK, chunkId(-1L - number).toBytes());
        return new PackListing(name, (long) FRAMES_PER_PACK * SEALED_BYTES, new PackContents(List.copyOf(frames)));
    }

    /** Spread like the output of a hash, and made again from its number at any time. */
    private static ChunkId chunkId(long serial) {
        var words = new SplittableRandom(serial);
        return new ChunkId(words.nextLong(), words.nextLong(), words.nextLong(), words.nextLong());
    }

    /** Closes the index and removes it. */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        index.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A chunk that is there. */
    @Benchmark
    public @Nullable ChunkLocation findKnown() throws RepositoryException {
        return index.find(chunkId(random.nextInt(chunks)));
    }

    /** A chunk that is new, as most are in a first snapshot. */
    @Benchmark
    public @Nullable ChunkLocation findUnknown() throws RepositoryException {
        return index.find(chunkId((long) chunks + random.nextInt(chunks)));
    }
}
