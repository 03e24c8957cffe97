package dev.strandline.benchmarks;

import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.AuthenticationException;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.ObjectCipher;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.crypto.SectionKind;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.frame.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Random;
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

/**
 * Compressing and decompressing, sealing and opening a frame of 256 KiB of text: operations per second ÷ 4 is MiB per
 * second. What is sealed is the text as it is, as long as a frame that doesn't compress.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final int FRAME_BYTES = 256 << 10;
    private static final long SEED = 1;

    private final byte[] plain = text();
    private final byte[] payload = Payload.encode(plain, 0, plain.length);
    private final ObjectCipher cipher = cipher();
    private final byte[] sealed = cipher.seal(SectionKind.FRAME, 0, plain, 0, plain.length);
    private long nextNumber = 1;

    private static ObjectCipher cipher() {
        var random = new Random(SEED);
        var key = MasterKey.generate(new RepositoryId("00".repeat(RepositoryId.BYTES)), random);
        return ObjectHeader.cipher(
                ObjectHeader.create(ObjectType.PACK, key, random), new byte[ObjectName.ID_DIGITS / 2], key);
    }

    private static byte[] text() {
        var random = new Random(SEED);
        var text = new StringBuilder();
        while (text.length() < FRAME_BYTES) {
            text.append("setting")
                    .append(random.nextInt(500))
                    .append(" = ")
                    .append(random.nextInt())
                    .append('\n');
        }
        return text.substring(0, FRAME_BYTES).getBytes(StandardCharsets.US_ASCII);
    }

    /** zstd as the store uses it. */
    @Benchmark
    public byte[] compress() {
        return Payload.encode(plain, 0, plain.length);
    }

    /** The way back. */
    @Benchmark
    public byte[] decompress() throws MalformedException {
        return Payload.decode(payload, FRAME_BYTES);
    }

    /** AES-256-GCM, each time as another frame: the cipher takes no nonce twice. */
    @Benchmark
    public byte[] seal() {
        return cipher.seal(SectionKind.FRAME, nextNumber++, plain, 0, plain.length);
    }

    /** The way back. */
    @Benchmark
    public byte[] open() throws AuthenticationException {
        return cipher.open(SectionKind.FRAME, 0, sealed, 0, sealed.length);
    }
}
