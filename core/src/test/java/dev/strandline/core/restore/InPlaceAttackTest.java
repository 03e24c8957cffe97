package dev.strandline.core.restore;

import static dev.strandline.core.restore.RestoreScene.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.CaptureRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody changes the place after the restore has looked at it and before it writes: what lies outside stays as it is. The
 * plan is a value, so the attack comes between making and executing it.
 */
final class InPlaceAttackTest {
    @AutoClose
    private final RestoreScene scene = new RestoreScene();

    private final Directory place = scene.directory;
    private final FilePath outside = scene.temporary.path().resolve(name("outside"));
    private @Nullable Snapshot wanted;

    private static FileName name(String name) {
        return FileName.of(name);
    }

    private static void write(Directory directory, String name, String text) throws IOException {
        try (var file = directory.createFile(name(name))) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            file.write(0, bytes, 0, bytes.length);
        }
    }

    @BeforeEach
    void makeTrees() throws IOException, RepositoryException {
        scene.temporary.createDirectory("outside");
        try (var folder = HOST.openDirectory(outside)) {
            write(folder, "file", "secret");
            write(folder, "inner", "precious");
        }
        try (var folder = place.createDirectory(name("folder"))) {
            write(folder, "inner", "wanted");
            write(folder, "lost", "wanted");
        }
        write(place, "file", "secret");
        try (var file = place.openWritable(name("file"))) {
            file.setMode(0666);
        }
        wanted = scene.capture();
        try (var folder = place.openDirectory(name("folder"))) {
            folder.removeFile(name("lost"));
            folder.removeFile(name("inner"));
            write(folder, "inner", "changed");
            write(folder, "extra", "extra");
        }
        try (var file = place.openWritable(name("file"))) {
            file.setMode(0600);
        }
    }

    private InPlacePlan plan() throws RepositoryException {
        var present = new CaptureRun(scene.repository, scene.root).commit();
        return new InPlacePlanner(
                        scene.repository.chunks(),
                        new InPlacePlanner.Scope(FilePath.ROOT, RestoreFilter.ALL),
                        Overwrite.ALWAYS,
                        true)
                .plan(present, Objects.requireNonNull(wanted));
    }

    private RestoreReport execute(InPlacePlan plan) throws RepositoryException, IOException {
        var report = new RestoreReport();
        new InPlaceRestorer(
                        plan,
                        HOST,
                        scene.repository.chunks(),
                        RestoreScene.listener(report),
                        () -> false,
                        new Random(1))
                .execute();
        return report;
    }

    private FileStatus outside(String name) throws IOException {
        try (var folder = HOST.openDirectory(outside)) {
            assertThat(folder.list()).containsExactlyInAnyOrder(name("file"), name("inner"));
            return folder.status(name(name));
        }
    }

    @Test
    void execute_folderSwappedForALink_isNotFollowed() throws IOException, RepositoryException {
        var plan = plan();
        var inner = outside("inner");
        place.rename(name("folder"), place, name("moved"), true);
        place.createSymlink(name("folder"), outside.toBytes());
        assertThat(execute(plan).problems()).isNotEmpty();
        assertThat(outside("inner")).isEqualTo(inner);
    }

    @Test
    void execute_fileSwappedForAnotherNameOfOneOutside_leavesThatAlone() throws IOException, RepositoryException {
        var plan = plan();
        var secret = outside("file");
        try (var folder = HOST.openDirectory(outside)) {
            place.removeFile(name("file"));
            folder.link(name("file"), place, name("file"));
        }
        execute(plan);
        var after = outside("file");
        assertThat(after.mode()).isEqualTo(secret.mode());
        assertThat(after.modified()).isEqualTo(secret.modified());
        assertThat(after.linkCount()).isEqualTo(1);
        assertThat(place.status(name("file")).mode()).isEqualTo(0666);
    }

    @Test
    void execute_fileSwappedForALink_isReplaced() throws IOException, RepositoryException {
        var plan = plan();
        var secret = outside("file");
        place.removeFile(name("file"));
        place.createSymlink(name("file"), outside.resolve(name("file")).toBytes());
        execute(plan);
        assertThat(outside("file")).isEqualTo(secret);
        assertThat(place.status(name("file")).mode()).isEqualTo(0666);
    }

    @Test
    void execute_whatIsToBeRemovedSwappedForALink_removesTheLink() throws IOException, RepositoryException {
        var plan = plan();
        var secret = outside("file");
        try (var folder = place.openDirectory(name("folder"))) {
            folder.removeFile(name("extra"));
            folder.createSymlink(name("extra"), outside.resolve(name("file")).toBytes());
        }
        execute(plan);
        assertThat(outside("file")).isEqualTo(secret);
        try (var folder = place.openDirectory(name("folder"))) {
            assertThat(folder.list()).containsExactlyInAnyOrder(name("inner"), name("lost"));
        }
    }

    @Test
    void execute_thePlaceItselfSwappedForALink_isNotFollowed() throws IOException, RepositoryException {
        var plan = plan();
        var file = outside("file");
        try (var parent = HOST.openDirectory(scene.root.parent())) {
            parent.rename(scene.root.name(), parent, name("moved"), true);
            parent.createSymlink(scene.root.name(), outside.toBytes());
        }
        assertThat(execute(plan).problems()).isNotEmpty();
        assertThat(outside("file")).isEqualTo(file);
    }
}
