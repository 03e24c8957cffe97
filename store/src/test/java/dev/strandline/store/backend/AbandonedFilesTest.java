package dev.strandline.store.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.testkit.DelegatingFileSystem;
import dev.strandline.store.backend.local.LocalBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection by a clock that runs ahead takes files of the moment for abandoned ones. */
class AbandonedFilesTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path folder;

    private final PosixFileSystem host = PosixFileSystem.open();

    private int meetings;

    @Test
    void create_fileTakenBeforeItIsLocked_isMadeAgain() throws IOException, RepositoryException {
        try (var collector = LocalBackend.create(host, repository(), new Random(1));
                var backend = LocalBackend.open(meetingACollection(collector, 3), repository(), new Random(2))) {
            publish(backend, "00");
            assertThat(meetings).isEqualTo(3);
            publish(backend, "11");
            assertThat(backend.readAll(pack("00"), 10)).isEqualTo(CONTENT);
            assertThat(backend.readAll(pack("11"), 10)).isEqualTo(CONTENT);
            assertThat(folder.resolve("r/tmp")).isEmptyDirectory();
        }
    }

    @Test
    void create_alwaysTakenBeforeItIsLocked_endsWithAnError() throws IOException, RepositoryException {
        try (var collector = LocalBackend.create(host, repository(), new Random(1));
                var backend = LocalBackend.open(
                        meetingACollection(collector, Integer.MAX_VALUE), repository(), new Random(2))) {
            assertThatThrownBy(() -> publish(backend, "00")).hasMessageContaining("temporary files");
            assertThat(collector.list(ObjectKind.PACK)).isEmpty();
        }
    }

    @Test
    void create_fileLockedByACollectionThatIsAboutToTakeIt_isMadeAgain() throws IOException, RepositoryException {
        try (var collector = LocalBackend.create(host, repository(), new Random(1));
                var locked = new LockedMeeting();
                var backend = LocalBackend.open(new DelegatingFileSystem(host, locked), repository(), new Random(2))) {
            publish(backend, "00");
            assertThat(collector.readAll(pack("00"), 10)).isEqualTo(CONTENT);
        }
    }

    private FilePath repository() {
        return FilePath.of(folder.resolve("r").toString());
    }

    private static ObjectName pack(String start) {
        return new ObjectName(ObjectKind.PACK, start.repeat(32));
    }

    private static void publish(Backend backend, String start) throws RepositoryException {
        assertThat(Objects.publish(backend, pack(start), CONTENT)).isTrue();
    }

    private DelegatingFileSystem meetingACollection(LocalBackend collector, int times) {
        var tomorrow = Clock.fixed(Instant.now().plus(Duration.ofDays(1)), ZoneOffset.UTC);
        return new DelegatingFileSystem(host, new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeLock(FilePath path) throws IOException {
                if (meetings < times) {
                    meetings++;
                    try {
                        collector.removeAbandoned(tomorrow);
                    } catch (RepositoryException e) {
                        throw new IOException(e);
                    }
                }
            }
        });
    }

    /** Holds the lock of the first file, as a collection does that will remove it next. */
    private final class LockedMeeting implements DelegatingFileSystem.Intervention, AutoCloseable {
        private Optional<WritableFile> first = Optional.empty();

        @Override
        public void beforeLock(FilePath path) throws IOException {
            if (first.isEmpty()) {
                try (var temporary = host.openDirectory(path.parent())) {
                    var file = temporary.openWritable(path.name());
                    first = Optional.of(file);
                    assertThat(file.tryLock()).isTrue();
                }
            }
        }

        @Override
        public void close() {
            first.orElseThrow().close();
        }
    }
}
