package dev.strandline.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.strandline.cli.checkpoint.Checkpoint.TimeSource;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.core.testkit.SourceTree;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which directories are checkpoints. */
final class CheckpointFinderTest {
    @AutoClose
    private final TemporaryTree tree = createTree();

    private final FilePath root = tree.path();
    private final CheckpointFinder finder =
            new CheckpointFinder(PosixFileSystem.open(), ZoneOffset.UTC, Optional.empty());

    private static TemporaryTree createTree() {
        try {
            return TemporaryTree.create();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path path(String name) {
        return Path.of(root.display(), name);
    }

    private FilePath filePath(String name) {
        return FilePath.of(path(name).toString());
    }

    private void info(String folder, String content) throws IOException {
        Files.createDirectories(path(folder));
        Files.writeString(path(folder).resolve("CHECKPOINT_INFO.txt"), content);
    }

    @BeforeEach
    void makeTwoCheckpoints() throws IOException {
        info("backups/checkpoint-20251116-151944", "Created: 2001-01-01 00:00:00\nDescription: [CRON-15MIN] x\n");
        info("backups/older", "Created: 2024-11-16 15:19:44\nDescription: by hand\n");
    }

    @Test
    void look_folderOfCheckpoints_findsThemOldestFirstAndPassesOverTheRest() throws IOException {
        Files.createDirectory(path("backups/other"));
        Files.writeString(path("backups/20251116-151944.tar"), "");
        Files.createSymbolicLink(path("backups/checkpoint-20251116-151945"), path("backups/older"));
        finder.look(filePath("backups"));
        assertThat(finder.checkpoints())
                .containsExactly(
                        new Checkpoint(
                                filePath("backups/older"),
                                filePath("backups"),
                                Instant.parse("2024-11-16T15:19:44Z"),
                                TimeSource.INFO,
                                "by hand"),
                        new Checkpoint(
                                filePath("backups/checkpoint-20251116-151944"),
                                filePath("backups"),
                                Instant.parse("2025-11-16T15:19:44Z"),
                                TimeSource.NAME,
                                "[CRON-15MIN] x"));
        assertThat(finder.checkpoints())
                .extracting(Checkpoint::trigger)
                .containsExactly(Trigger.MANUAL, Trigger.SCHEDULED);
        assertThat(finder.passedOver())
                .containsExactly(
                        filePath("backups/20251116-151944.tar"),
                        filePath("backups/checkpoint-20251116-151945"),
                        filePath("backups/other"));
        assertThat(finder.unusable()).isEmpty();
    }

    @Test
    void look_checkpointItself_isTheOneAndACopyOfWhatItLiesIn() {
        finder.look(filePath("backups/older"));
        finder.look(filePath("backups/checkpoint-20251116-151944"));
        finder.look(filePath("backups"));
        assertThat(finder.checkpoints())
                .extracting(Checkpoint::folder, Checkpoint::path)
                .containsExactly(
                        tuple(filePath("backups/older"), filePath("backups")),
                        tuple(filePath("backups/checkpoint-20251116-151944"), filePath("backups")));
        assertThat(finder.unusable()).isEmpty();
    }

    @Test
    void look_storedPath_isThatOfAll() {
        var app = FilePath.of("/opt/app");
        var other = new CheckpointFinder(PosixFileSystem.open(), ZoneOffset.UTC, Optional.of(app));
        other.look(filePath("backups"));
        other.look(filePath("backups"));
        assertThat(other.checkpoints()).extracting(Checkpoint::path).containsExactly(app, app);
    }

    @Test
    void look_folderWithoutAnyTime_isOneOfItsModificationTime() throws IOException {
        Files.createDirectories(path("plain/below"));
        Files.setLastModifiedTime(path("plain"), FileTime.from(Instant.parse("2020-01-02T03:04:05.678Z")));
        finder.look(filePath("plain"));
        assertThat(finder.checkpoints())
                .containsExactly(new Checkpoint(
                        filePath("plain"), root, Instant.parse("2020-01-02T03:04:05Z"), TimeSource.MODIFIED, ""));
        assertThat(finder.passedOver()).isEmpty();
    }

    @Test
    void look_nothingThere_saysWhatAndWhatToDo() throws IOException {
        Files.createDirectory(path("empty"));
        Files.writeString(path("file"), "");
        for (var name : List.of("empty", "file", "missing")) {
            finder.look(filePath(name));
        }
        assertThat(finder.checkpoints()).isEmpty();
        assertThat(finder.unusable())
                .extracting(CheckpointFinder.Unusable::path)
                .containsExactly(filePath("empty"), filePath("file"), filePath("missing"));
        assertThat(finder.unusable())
                .allSatisfy(unusable -> assertThat(unusable.guidance()).isNotEmpty());
    }

    @Test
    void look_nameThatIsNotUtf8_isFound() throws IOException {
        var name = FileName.of("\udcff-20251116-151944");
        tree.directory().createDirectory(name).close();
        SourceTree.file(tree.directory(), "f", "x".getBytes(StandardCharsets.US_ASCII));
        finder.look(root);
        assertThat(finder.checkpoints()).extracting(Checkpoint::folder).contains(root.resolve(name));
    }

    @Test
    void inOrder_sameTime_getsTheNextFreeSecond() throws IOException {
        for (var name : List.of("a", "b", "c")) {
            Files.createDirectories(path("same/" + name + "-20251116-151944"));
        }
        Files.createDirectories(path("same/d-20251116-151945"));
        finder.look(filePath("same"));
        assertThat(finder.checkpoints())
                .extracting(
                        checkpoint -> checkpoint.folder().name().display(),
                        checkpoint -> checkpoint.time().toString())
                .containsExactly(
                        tuple("a-20251116-151944", "2025-11-16T15:19:44Z"),
                        tuple("b-20251116-151944", "2025-11-16T15:19:45Z"),
                        tuple("c-20251116-151944", "2025-11-16T15:19:46Z"),
                        tuple("d-20251116-151945", "2025-11-16T15:19:47Z"));
    }
}
