package dev.strandline.core.restore;

import static dev.strandline.core.restore.RestoreScene.HOST;
import static dev.strandline.core.restore.RestoreScene.random;
import static dev.strandline.core.testkit.SourceTree.file;
import static dev.strandline.core.testkit.SourceTree.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.RestoreProblem.Aspect;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whatever differs from the snapshot is found. */
class VerifierTest {
    @AutoClose
    private final RestoreScene scene = new RestoreScene();

    private final FilePath root = scene.root;
    private final Directory directory = scene.directory;
    private final FilePath target = scene.target;

    private interface Change {
        void make(Directory restored) throws IOException;
    }

    private void assertVerificationFinds(Aspect aspect, String path, Change change)
            throws RepositoryException, IOException {
        var plan = scene.plan(scene.repository.snapshots().snapshots().getLast(), root, RestoreFilter.ALL);
        var report = scene.execute(plan);
        assertThat(scene.verify(plan, report).problems()).isEmpty();
        try (var restored = HOST.openDirectory(target)) {
            change.make(restored);
        }
        assertThat(scene.verify(plan, report).problems())
                .isNotEmpty()
                .allMatch(problem -> problem.aspect() == aspect)
                .allMatch(problem ->
                        List.of(path.split(" or ", -1)).contains(problem.path().display()));
        TemporaryTree.remove(scene.temporary.directory(), name("target"));
    }

    @Test
    void verify_oneThingChanged_isFound() throws Exception {
        file(directory, "f", random(1, 300_000));
        file(directory, "linked", new byte[10]);
        directory.link(name("linked"), directory, name("twin"));
        directory.createSymlink(name("symlink"), new byte[] {'x'});
        try (var sparse = directory.createFile(name("sparse"))) {
            sparse.setSize(1 << 20);
        }
        directory.createDirectory(name("d")).close();
        scene.capture();
        assertVerificationFinds(Aspect.CONTENT, "f", restored -> overwrite(restored, "f", 299_999));
        assertVerificationFinds(Aspect.CONTENT, "sparse", restored -> overwrite(restored, "sparse", 500_000));
        assertVerificationFinds(Aspect.CONTENT, "f", restored -> {
            try (var file = restored.openWritable(name("f"))) {
                var time = file.status().modified();
                file.setSize(300_001);
                file.setModified(time);
            }
        });
        assertVerificationFinds(Aspect.MODE, "f", restored -> {
            try (var file = restored.openWritable(name("f"))) {
                file.setMode(0601);
            }
        });
        assertVerificationFinds(Aspect.XATTR, "f", restored -> {
            try (var file = restored.openWritable(name("f"))) {
                file.setXattr(new Xattr("user.x".getBytes(StandardCharsets.US_ASCII), new byte[1]));
            }
        });
        assertVerificationFinds(Aspect.TIME, "d", restored -> {
            try (var entry = restored.openEntry(name("d"))) {
                var time = entry.status().modified();
                entry.setModified(new FileTime(time.seconds(), (time.nanos() + 1) % 1_000_000_000));
            }
        });
        // Of two names, the one that is looked at last is told.
        assertVerificationFinds(
                Aspect.CONTENT,
                "linked or twin",
                restored -> replaceKeepingTimes(restored, "twin", () -> file(restored, "twin", new byte[10])));
        assertVerificationFinds(
                Aspect.CONTENT,
                "symlink",
                restored -> replaceKeepingTimes(
                        restored, "symlink", () -> restored.createSymlink(name("symlink"), new byte[] {'y'})));
        assertVerificationFinds(
                Aspect.CONTENT,
                "symlink",
                restored -> replaceKeepingTimes(
                        restored, "symlink", () -> restored.createSpecial(name("symlink"), FileType.FIFO, 0, 0)));
        assertVerificationFinds(Aspect.CONTENT, "d", restored -> {
            var time = restored.status().modified();
            restored.removeDirectory(name("d"));
            restored.setModified(time);
        });
    }

    private static void overwrite(Directory restored, String name, long position) throws IOException {
        try (var file = restored.openWritable(name(name))) {
            var time = file.status().modified();
            byte[] one = new byte[1];
            file.read(position, one, 0, 1);
            one[0]++;
            file.write(position, one, 0, 1);
            file.setModified(time);
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void replaceKeepingTimes(Directory restored, String name, Act make) throws IOException {
        var directoryTime = restored.status().modified();
        var time = restored.status(name(name)).modified();
        restored.removeFile(name(name));
        make.run();
        try (var entry = restored.openEntry(name(name))) {
            entry.setModified(time);
        }
        restored.setModified(directoryTime);
    }
}
