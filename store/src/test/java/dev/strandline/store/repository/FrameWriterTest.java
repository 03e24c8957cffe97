package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.local.LocalBackend;
import dev.strandline.store.catalog.SmallObjects;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.format.PackEntry;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.frame.Payload;
import dev.strandline.store.pack.PackReader;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.Fault;
import dev.strandline.store.testkit.MemoryObjects;
import dev.strandline.store.testkit.StorageOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeouts only end a test that would hang. */
@Timeout(60)
class FrameWriterTest {
    private static final int LARGE_BYTES = 1 << 20;
    private static final int SMALL_BYTES = 10_000;
    private static final int MANY = FrameWriter.ALONE_AFTER + 4;

    /** Each frame completes a pack. */
    private static final long PACK_BYTES = 1;

    /** One for all, so that no two packs have the same nonces. */
    private static final Random RANDOM = new Random(2);

    private final MasterKey key = MasterKey.generate(new RepositoryId("0".repeat(32)), new Random(1));
    private final Queue<PackListing> published = new ConcurrentLinkedQueue<>();

    private SmallObjects objects(Backend backend) {
        return new SmallObjects(backend, key, RANDOM);
    }

    /** Fills a buffer with something else each time, which doesn't compress, and writes it. */
    private ChunkId write(FrameWriter frames, byte[] buffer, int seed) throws RepositoryException {
        new Random(seed).nextBytes(buffer);
        var chunk = key.chunkId(buffer, 0, buffer.length);
        frames.write(
                ChunkKind.DATA,
                List.of(new PackEntry(chunk, buffer.length)),
                buffer,
                buffer.length,
                Payload.Effort.LOW);
        return chunk;
    }

    /** A pack that two threads write to at once may have a frame of each. */
    private List<ChunkId> publishedChunks() {
        return published.stream()
                .flatMap(pack -> pack.contents().frames().stream())
                .map(frame -> frame.chunks().getFirst().id())
                .toList();
    }

    @Test
    void write_largeFramesOfOneThread_oneIsWrittenWhileItGoesOn() throws Exception {
        var caller = Thread.currentThread();
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        FrameWriter.Receiver receiver = pack -> {
            if (!Thread.currentThread().equals(caller)) {
                arrived.countDown();
                await(goOn);
            }
            published.add(pack);
        };
        try (var frames = new FrameWriter(objects(new MemoryObjects()), PACK_BYTES, receiver)) {
            byte[] buffer = new byte[LARGE_BYTES];
            var expected = new ArrayList<ChunkId>();
            for (int i = 0; i < FrameWriter.ALONE_AFTER; i++) {
                expected.add(write(frames, buffer, i));
            }
            assertThat(publishedChunks()).isEqualTo(expected);
            var heldUp = write(frames, buffer, 100);
            arrived.await();
            expected.add(write(frames, buffer, 101));
            assertThat(publishedChunks()).isEqualTo(expected);
            assertThat(frames.isFlushed()).isFalse();
            goOn.countDown();
            frames.flush();
            expected.add(heldUp);
            assertThat(publishedChunks()).isEqualTo(expected);
            assertThat(frames.isFlushed()).isTrue();
        }
    }

    @Test
    void write_smallFrames_eachIsWrittenBeforeItReturns() throws Exception {
        try (var frames = new FrameWriter(objects(new MemoryObjects()), PACK_BYTES, published::add)) {
            byte[] buffer = new byte[SMALL_BYTES];
            var expected = new ArrayList<ChunkId>();
            for (int i = 0; i < MANY; i++) {
                expected.add(write(frames, buffer, i));
                assertThat(publishedChunks()).isEqualTo(expected);
            }
        }
    }

    @Test
    void write_anyOperationFailsOnce_theCallerLearnsOfItAndWhatIsPublishedIsWhole() throws Exception {
        boolean happened = true;
        for (long n = 1; happened; n++) {
            published.clear();
            var host = CrashFileSystem.create();
            try (var backend = LocalBackend.create(host, CrashScene.REPOSITORY, RANDOM)) {
                host.inject(new Fault.Failure(StorageOperation::changes, n, Errno.EIO, false));
                boolean told = false;
                try (var frames = new FrameWriter(objects(backend), PACK_BYTES, published::add)) {
                    byte[] buffer = new byte[LARGE_BYTES];
                    for (int i = 0; i < MANY; i++) {
                        write(frames, buffer, i);
                    }
                    frames.flush();
                } catch (StorageException _) {
                    told = true;
                }
                happened = host.hasFailed();
                var failure = happened ? "operation " + n + " failed: " + host.failedOperation() : "all went well";
                host.heal();
                assertThat(told).as(failure).isEqualTo(happened);
                for (var pack : published) {
                    assertThat(PackReader.contents(backend, pack.pack(), key))
                            .as(failure)
                            .isEqualTo(pack);
                }
                if (!happened) {
                    assertThat(publishedChunks()).hasSize(MANY);
                }
            }
            assertThat(host.openHandles()).as("open, operation " + n).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
