package dev.strandline.benchmarks;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FileName;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding the entry of an ordinary file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class TreeBenchmark {
    private final Entry entry = new Entry(
            FileName.of("configuration.properties"),
            new Node.RegularFile(
                    new Metadata(0644, 0, 0, new FileTime(1_790_000_000, 123_456_789), List.of(), Optional.empty()),
                    new ChunkStream.Direct(List.of(new Extent.Chunk(new ChunkId(1, 2, 3, 4), 4096))),
                    false));
    private final Encoder encoder = new Encoder();
    private final byte[] encoded = encode().clone();

    private byte[] encode() {
        encoder.clear();
        NodeCodec.encode(encoder, entry);
        return encoder.toBytes();
    }

    /** To bytes. */
    @Benchmark
    public int encodeEntry() {
        encoder.clear();
        NodeCodec.encode(encoder, entry);
        return encoder.size();
    }

    /** And back. */
    @Benchmark
    public Entry decodeEntry() throws MalformedException {
        return NodeCodec.decodeEntry(new Decoder(encoded));
    }
}
