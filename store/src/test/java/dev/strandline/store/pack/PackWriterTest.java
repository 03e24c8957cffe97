package dev.strandline.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.local.LocalBackend;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.format.PackEntry;
import dev.strandline.store.frame.Payload;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.Fault;
import dev.strandline.store.testkit.StorageOperation;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackWriterTest {
    private static final Random RANDOM = new Random(1);

    private final MasterKey key = MasterKey.generate(new RepositoryId("0".repeat(32)), RANDOM);

    private boolean append(PackWriter pack, byte[] chunk) throws StorageException {
        return pack.append(
                ChunkKind.DATA,
                Optional.empty(),
                List.of(new PackEntry(key.chunkId(chunk, 0, chunk.length), chunk.length)),
                Payload.encode(chunk, 0, chunk.length));
    }

    /** Another thread's append may fail between those of the thread that would finish the pack. */
    @Test
    void finish_afterAnAppendThatFailed_publishesNothing() throws Exception {
        var host = CrashFileSystem.create();
        try (var backend = LocalBackend.create(host, FilePath.of("/r"), RANDOM);
                var pack = PackWriter.create(backend, key, RANDOM, 1)) {
            assertThat(append(pack, new byte[1000])).isTrue();
            host.inject(new Fault.Failure(StorageOperation::takesSpace, 1, Errno.ENOSPC, false));
            assertThatThrownBy(() -> append(pack, new byte[2000])).isInstanceOf(StorageException.class);
            host.heal();
            assertThat(pack.completes()).isFalse();
            assertThatThrownBy(pack::finish).isInstanceOf(StorageException.class);
            assertThat(backend.list(ObjectKind.PACK)).isEmpty();
        }
    }
}
