package dev.strandline.benchmarks;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cutting and naming 16 MiB of random bytes: operations per second × 16 is MiB per second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkingBenchmark {
    private static final long SEED = 1;

    private final byte[] data = new byte[16 << 20];
    private Chunker chunker = new Chunker(new GearTable(new byte[GearTable.SEED_BYTES]), ChunkSizes.ORDINARY);
    private final MasterKey key = MasterKey.unencrypted(new RepositoryId("00".repeat(RepositoryId.BYTES)));

    /** Makes the bytes and the table. */
    @Setup
    public void setUp() {
        var random = new Random(SEED);
        random.nextBytes(data);
        byte[] seed = new byte[GearTable.SEED_BYTES];
        random.nextBytes(seed);
        chunker = new Chunker(new GearTable(seed), ChunkSizes.ORDINARY);
    }

    /** Gear hash alone. */
    @Benchmark
    public int cut() {
        int chunks = 0;
        for (int offset = 0; offset < data.length; chunks++) {
            offset += chunker.cut(data, offset, data.length - offset);
        }
        return chunks;
    }

    /** HMAC-SHA-256 of pieces of 64 KiB. */
    @Benchmark
    public ChunkId name() {
        var last = key.chunkId(data, 0, 1);
        for (int offset = 0; offset < data.length; offset += 64 << 10) {
            last = key.chunkId(data, offset, 64 << 10);
        }
        return last;
    }
}
