package dev.strandline.core.testkit;

import static dev.strandline.core.testkit.VarietyTreeWriter.xattr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The negative control of every fidelity test: change one thing, and it is found. */
class TreeComparisonTest {
    private static final int BLOCK_LENGTH = 64 * 1024;

    private TemporaryTree temporary;
    private FilePath original;
    private FilePath copy;

    @BeforeEach
    void createTwoEqualTrees() throws IOException {
        temporary = TemporaryTree.create();
        original = createTree("original");
        copy = createTree("copy");
        assertThat(TreeComparison.differences(original, copy)).isEmpty();
    }

    @AfterEach
    void removeTrees() throws IOException {
        temporary.close();
    }

    private FilePath createTree(String name) throws IOException {
        var writer = new VarietyTreeWriter(1);
        var path = temporary.createDirectory(name);
        try (var root = PosixFileSystem.open().openDirectory(path)) {
            writer.file(
                    root,
                    FileName.of("file"),
                    new byte[BLOCK_LENGTH],
                    file -> file.setXattr(xattr("user.a", (byte) 1)));
            writer.file(root, "linked-1", new byte[10]);
            root.link(FileName.of("linked-1"), root, FileName.of("linked-2"));
            writer.file(root, "alone", new byte[10]);
            writer.sparseFile(root, "sparse", 4L * BLOCK_LENGTH, BLOCK_LENGTH, 0);
            writer.symlink(root, "symlink", "target");
            writer.special(root, "fifo", FileType.FIFO, 0, 0);
            writer.directory(root, "directory", inner -> writer.file(inner, "inner", new byte[1]));
            writer.setDirectoryTimes(root);
        }
        return path;
    }

    /** What is found after {@code change}, which is not to show in the time of the tree's own directory. */
    private List<String> differencesAfter(VarietyTreeWriter.Step<Directory> change) throws IOException {
        try (var root = PosixFileSystem.open().openDirectory(copy)) {
            var time = root.status().modified();
            change.run(root);
            root.setModified(time);
        }
        assertThatThrownBy(() -> TreeComparison.assertSame(original, copy)).isInstanceOf(AssertionError.class);
        return TreeComparison.differences(original, copy);
    }

    private List<String> differencesAfterTouching(String name, VarietyTreeWriter.Step<AttributeTarget> change)
            throws IOException {
        return differencesAfter(root -> {
            try (var entry = root.openEntry(FileName.of(name))) {
                change.run(entry);
            }
        });
    }

    private static void assertFoundBy(List<String> differences, String name, String... finders) {
        for (String finder : finders) {
            assertThat(differences).anyMatch(line -> line.startsWith(finder + ": ") && line.contains(name));
        }
    }

    private static void addNanosecond(AttributeTarget target) throws IOException {
        var time = target.status().modified();
        target.setModified(new FileTime(time.seconds(), (time.nanos() + 1) % 1_000_000_000));
    }

    /** Makes a change that only root may make; else sees to it that it is refused. */
    private static boolean onlyForRoot(ThrowingCallable change) {
        if (PosixFileSystem.open().effectiveUserId() == 0) {
            assertThatCode(change).doesNotThrowAnyException();
            return true;
        }
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        FileOperationException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
        return false;
    }

    @Test
    void differences_fileTimeOffByNanosecond_areFoundByAll() throws IOException {
        var differences = differencesAfterTouching("file", TreeComparisonTest::addNanosecond);
        assertFoundBy(differences, "file", "walk", "find", "rsync");
    }

    @Test
    void differences_symlinkTimeOffByNanosecond_areFoundByAll() throws IOException {
        var differences = differencesAfterTouching("symlink", TreeComparisonTest::addNanosecond);
        assertFoundBy(differences, "symlink", "walk", "find", "rsync");
    }

    @Test
    void differences_directoryTimeOffByNanosecond_areFoundByAll() throws IOException {
        var differences = differencesAfterTouching("directory", TreeComparisonTest::addNanosecond);
        assertFoundBy(differences, "directory", "walk", "find", "rsync");
    }

    @Test
    void differences_mode_areFoundByAll() throws IOException {
        var differences = differencesAfterTouching("fifo", fifo -> fifo.setMode(0640));
        assertFoundBy(differences, "fifo", "walk", "find", "rsync");
    }

    @Test
    void differences_owner_areFoundByAll() throws IOException {
        var differences = differencesAfterTouching("symlink", symlink -> {
            if (!onlyForRoot(() -> symlink.setOwner(4711, 4712))) {
                addNanosecond(symlink);
            }
        });
        assertFoundBy(differences, "symlink", "walk", "find", "rsync");
    }

    @Test
    void differences_attributeValue_areFoundByWalkAndRsync() throws IOException {
        var differences = differencesAfterTouching("file", file -> file.setXattr(xattr("user.a", (byte) 2)));
        assertFoundBy(differences, "file", "walk", "rsync");
    }

    @Test
    void differences_attributeMissing_areFoundByWalkAndRsync() throws IOException {
        var differences = differencesAfterTouching(
                "file", file -> file.removeXattr(xattr("user.a").name()));
        assertFoundBy(differences, "file", "walk", "rsync");
    }

    @Test
    void differences_defaultAcl_areFoundByWalkAndRsync() throws IOException {
        var acl = VarietyTreeAcl.DEFAULT.forUserAndGroup(1, 2, 7);
        var differences = differencesAfterTouching("directory", directory -> directory.setXattr(acl));
        assertFoundBy(differences, "directory", "walk", "rsync");
    }

    @Test
    void differences_oneByteOfContent_areFoundByWalkAndRsync() throws IOException {
        var differences = differencesAfter(root -> {
            try (var file = root.openWritable(FileName.of("file"))) {
                var time = file.status().modified();
                file.write(BLOCK_LENGTH - 1, new byte[] {1}, 0, 1);
                file.setModified(time);
            }
        });
        assertFoundBy(differences, "file", "walk", "rsync");
    }

    @Test
    void differences_size_areFoundByAll() throws IOException {
        var differences = differencesAfter(root -> {
            try (var file = root.openWritable(FileName.of("file"))) {
                var time = file.status().modified();
                file.setSize(BLOCK_LENGTH - 1);
                file.setModified(time);
            }
        });
        assertFoundBy(differences, "file", "walk", "find", "rsync");
    }

    @Test
    void differences_holeFilledWithZeros_areFoundByWalk() throws IOException {
        var differences = differencesAfter(root -> {
            try (var file = root.openWritable(FileName.of("sparse"))) {
                var time = file.status().modified();
                file.write(2 * BLOCK_LENGTH, new byte[BLOCK_LENGTH], 0, BLOCK_LENGTH);
                file.setModified(time);
            }
        });
        assertFoundBy(differences, "sparse: data ranges", "walk");
    }

    @Test
    void differences_hardLinkBroken_areFoundByAll() throws IOException {
        var name = FileName.of("linked-2");
        var differences = differencesAfter(root -> {
            var time = root.status(name).modified();
            root.removeFile(name);
            try (var file = root.createFile(name)) {
                file.write(0, new byte[10], 0, 10);
                file.setMode(0644);
                file.setModified(time);
            }
        });
        assertFoundBy(differences, "linked-2", "walk", "find", "rsync");
        assertThat(differences).contains("walk: linked-1, linked-2: hard links missing");
    }

    @Test
    void differences_hardLinkToOther_areFoundByWalk() throws IOException {
        var differences = differencesAfter(root -> {
            root.removeFile(FileName.of("alone"));
            root.link(FileName.of("linked-1"), root, FileName.of("alone"));
        });
        assertThat(differences).contains("walk: alone, linked-1, linked-2: hard links unexpected");
    }

    @Test
    void differences_missingName_areFoundByAll() throws IOException {
        var differences = differencesAfter(root -> root.removeFile(FileName.of("fifo")));
        assertFoundBy(differences, "fifo", "walk", "find", "rsync");
    }

    @Test
    void differences_unexpectedName_areFoundByAll() throws IOException {
        var differences = differencesAfter(
                root -> root.createDirectory(FileName.of("new")).close());
        assertFoundBy(differences, "new", "walk", "find", "rsync");
    }

    @Test
    void differences_symlinkTarget_areFoundByAll() throws IOException {
        var name = FileName.of("symlink");
        var differences = differencesAfter(root -> {
            var time = root.status(name).modified();
            root.removeFile(name);
            root.createSymlink(name, new byte[] {'t', 'a', 'r', 'g', 'e', (byte) 0xff});
            try (var entry = root.openEntry(name)) {
                entry.setModified(time);
            }
        });
        assertFoundBy(differences, "symlink", "walk", "find", "rsync");
    }

    @Test
    void differences_type_areFoundByAll() throws IOException {
        var differences = differencesAfter(root -> replaceSpecial(root, FileType.SOCKET, 0));
        assertFoundBy(differences, "fifo", "walk", "find", "rsync");
    }

    @Test
    void differences_deviceNumber_areFoundByWalkAndRsync() throws IOException {
        try (var root = PosixFileSystem.open().openDirectory(original)) {
            if (!onlyForRoot(() -> replaceSpecial(root, FileType.CHARACTER_DEVICE, 3))) {
                return;
            }
        }
        var differences = differencesAfter(root -> replaceSpecial(root, FileType.CHARACTER_DEVICE, 4));
        assertFoundBy(differences, "fifo", "walk", "rsync");
    }

    private static void replaceSpecial(Directory root, FileType type, int minor) throws IOException {
        var name = FileName.of("fifo");
        var status = root.status(name);
        root.removeFile(name);
        root.createSpecial(name, type, 240, minor);
        try (var entry = root.openEntry(name)) {
            entry.setMode(status.mode());
            entry.setModified(status.modified());
        }
    }
}
