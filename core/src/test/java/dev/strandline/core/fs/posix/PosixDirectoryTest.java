package dev.strandline.core.fs.posix;

import static dev.strandline.core.fs.posix.PosixTesting.assertFails;
import static dev.strandline.core.fs.posix.PosixTesting.onlyForRoot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosixDirectoryTest {
    private static final FileName A = FileName.of("a");
    private static final FileName B = FileName.of("b");

    private TemporaryTree temporary;
    private Directory directory;

    @BeforeEach
    void createTree() throws IOException {
        temporary = TemporaryTree.create();
        directory = temporary.directory();
    }

    @AfterEach
    void removeTree() throws IOException {
        temporary.close();
    }

    private void createFile(FileName name, String content) throws IOException {
        try (var file = directory.createFile(name)) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            file.write(0, bytes, 0, bytes.length);
        }
    }

    private String read(FileName name) throws IOException {
        try (var file = directory.openFile(name)) {
            var bytes = new byte[2000];
            return new String(bytes, 0, file.read(0, bytes, 0, bytes.length), StandardCharsets.UTF_8);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void list_emptyDirectory_isEmpty() throws IOException {
        assertThat(directory.list()).isEmpty();
    }

    @Test
    void list_fiveThousandEntries_areAllThere() throws IOException {
        var expected = new HashSet<FileName>();
        for (int i = 0; i < 5_000; i++) {
            var name = FileName.of("entry-with-some-length-to-fill-the-buffer-" + i);
            directory.createSymlink(name, ascii("x"));
            expected.add(name);
        }
        assertThat(directory.list()).hasSize(5_000).hasSameElementsAs(expected);
        assertThat(directory.list()).hasSize(5_000);
    }

    @Test
    void list_namesOfAnyBytes_comeBackByteForByte() throws IOException {
        var longest = new byte[FileName.MAX_LENGTH];
        Arrays.fill(longest, (byte) 0xfe);
        var names = new HashSet<FileName>();
        for (int b = 1; b < 256; b++) {
            if (b != '/' && b != '.') {
                names.add(FileName.of(new byte[] {(byte) b}));
            }
        }
        names.add(FileName.of(longest));
        names.add(FileName.of("..."));
        names.add(FileName.of("..a"));
        for (var name : names) {
            createFile(name, name.display());
        }
        assertThat(directory.list()).hasSameSizeAs(names).hasSameElementsAs(names);
        for (var name : names) {
            assertThat(read(name)).isEqualTo(name.display());
        }
    }

    @Test
    void list_removedDirectory_fails() throws IOException {
        try (var removed = directory.createDirectory(A)) {
            directory.removeDirectory(A);
            assertFails(Errno.ENOENT, removed::list);
        }
    }

    @Test
    void status_symlink_isThatOfTheLinkItself() throws IOException {
        directory.createSymlink(A, ascii("/etc/passwd"));
        var status = directory.status(A);
        assertThat(status.type()).isEqualTo(FileType.SYMLINK);
        assertThat(status.sizeBytes()).isEqualTo(11);
    }

    @Test
    void status_file_hasItsFields() throws IOException {
        createFile(A, "12345");
        directory.link(A, directory, B);
        var status = directory.status(A);
        assertThat(status.type()).isEqualTo(FileType.REGULAR);
        assertThat(status.mode()).isEqualTo(0600);
        assertThat(status.sizeBytes()).isEqualTo(5);
        assertThat(status.linkCount()).isEqualTo(2);
        assertThat(status.device()).isEqualTo(directory.status().device());
        assertThat(status.changed()).isGreaterThanOrEqualTo(status.modified());
        assertThat(directory.status(B)).isEqualTo(status);
        assertThat(directory.status().mode()).isEqualTo(0700);
    }

    @Test
    void openDirectory_symlink_isNotFollowed() throws IOException {
        directory.createDirectory(A).close();
        directory.createSymlink(B, ascii("a"));
        assertFails(Errno.ENOTDIR, () -> directory.openDirectory(B));
    }

    @Test
    void openFile_symlink_isNotFollowed() throws IOException {
        createFile(A, "secret");
        directory.createSymlink(B, ascii("a"));
        assertFails(Errno.EINVAL, () -> directory.openFile(B))
                .hasMessage(temporary.path() + "/b is not a regular file: invalid argument (openat)");
        assertFails(Errno.EINVAL, () -> directory.openWritable(B));
        assertFails(Errno.EEXIST, () -> directory.createFile(B));
    }

    @Test
    void openFile_fifo_isRefusedWithoutWaiting() throws IOException {
        directory.createSpecial(A, FileType.FIFO, 0, 0);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertFails(Errno.EINVAL, () -> directory.openFile(A));
            assertFails(Errno.EINVAL, () -> directory.openWritable(A));
        });
    }

    @Test
    void openFile_socketDirectoryAndDevice_areRefused() throws IOException {
        directory.createSpecial(A, FileType.SOCKET, 0, 0);
        directory.createDirectory(B).close();
        for (var name : new FileName[] {A, B}) {
            assertFails(Errno.EINVAL, () -> directory.openFile(name));
            assertFails(Errno.EINVAL, () -> directory.openWritable(name));
        }
        try (var dev = PosixFileSystem.open().openDirectory(FilePath.of("/dev"))) {
            assertFails(Errno.EINVAL, () -> dev.openFile(FileName.of("zero")));
        }
    }

    @Test
    void openFile_leavesAccessTimeAlone() throws IOException {
        createFile(A, "content");
        var path = Path.of(temporary.path().display(), "a");
        var longAgo = FileTime.fromMillis(1_000);
        Files.setAttribute(path, "lastAccessTime", longAgo);
        assertThat(read(A)).isEqualTo("content");
        assertThat(Files.getAttribute(path, "lastAccessTime")).isEqualTo(longAgo);
    }

    @Test
    void createFile_takenName_isRefused() throws IOException {
        createFile(A, "old");
        assertFails(Errno.EEXIST, () -> directory.createFile(A))
                .hasMessage(temporary.path() + "/a: file exists (openat)");
        assertThat(read(A)).isEqualTo("old");
    }

    @Test
    void createDirectory_takenName_isRefused() throws IOException {
        directory.createSymlink(A, ascii("elsewhere"));
        assertFails(Errno.EEXIST, () -> directory.createDirectory(A));
    }

    @Test
    void createSymlink_targetOfAnyBytes_comesBackByteForByte() throws IOException {
        byte[] target = new byte[Kernel.PATH_LENGTH_LIMIT - 1];
        Arrays.fill(target, (byte) 0xff);
        directory.createSymlink(A, target);
        try (var entry = directory.openEntry(A)) {
            assertThat(entry.readLink()).isEqualTo(target);
        }
    }

    @Test
    void createSymlink_impossibleTarget_isRefused() {
        assertFails(Errno.EINVAL, () -> directory.createSymlink(A, new byte[] {'a', 0, 'b'}));
        assertFails(Errno.ENAMETOOLONG, () -> directory.createSymlink(A, new byte[Kernel.PATH_LENGTH_LIMIT]));
        assertFails(Errno.ENOENT, () -> directory.createSymlink(A, new byte[0]));
    }

    @Test
    void createSpecial_fifoAndSocket_areMadeWithMode0600() throws IOException {
        directory.createSpecial(A, FileType.FIFO, 0, 0);
        directory.createSpecial(B, FileType.SOCKET, 0, 0);
        assertThat(directory.status(A).type()).isEqualTo(FileType.FIFO);
        assertThat(directory.status(A).mode()).isEqualTo(0600);
        assertThat(directory.status(B).type()).isEqualTo(FileType.SOCKET);
    }

    @Test
    void createSpecial_devices_keepTheirNumbers() throws IOException {
        if (onlyForRoot(() -> directory.createSpecial(A, FileType.BLOCK_DEVICE, 0xfff, 0xfffff))) {
            directory.createSpecial(B, FileType.CHARACTER_DEVICE, 240, 0x12345);
            var block = directory.status(A);
            assertThat(block.type()).isEqualTo(FileType.BLOCK_DEVICE);
            assertThat(block.specialMajor()).isEqualTo(0xfff);
            assertThat(block.specialMinor()).isEqualTo(0xfffff);
            var character = directory.status(B);
            assertThat(character.type()).isEqualTo(FileType.CHARACTER_DEVICE);
            assertThat(character.specialMajor()).isEqualTo(240);
            assertThat(character.specialMinor()).isEqualTo(0x12345);
        }
    }

    @Test
    void createSpecial_impossibleRequest_isRefused() {
        assertFails(Errno.EINVAL, () -> directory.createSpecial(A, FileType.BLOCK_DEVICE, 0x1000, 0));
        assertFails(Errno.EINVAL, () -> directory.createSpecial(A, FileType.BLOCK_DEVICE, 0, -1));
        assertThatThrownBy(() -> directory.createSpecial(A, FileType.REGULAR, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void link_toSymlink_linksTheSymlinkItself() throws IOException {
        createFile(FileName.of("target"), "x");
        directory.createSymlink(A, ascii("target"));
        try (var other = directory.createDirectory(FileName.of("other"))) {
            directory.link(A, other, B);
            assertThat(other.status(B).isSameFile(directory.status(A))).isTrue();
            assertThat(other.status(B).type()).isEqualTo(FileType.SYMLINK);
        }
    }

    @Test
    void link_takenName_isRefused() throws IOException {
        createFile(A, "a");
        createFile(B, "b");
        assertFails(Errno.EEXIST, () -> directory.link(A, directory, B));
    }

    @Test
    void rename_takenName_replacesIt() throws IOException {
        createFile(A, "new");
        createFile(B, "old");
        directory.rename(A, directory, B, false);
        assertThat(directory.list()).containsExactly(B);
        assertThat(read(B)).isEqualTo("new");
    }

    @Test
    void rename_takenNameNotToReplace_isRefused() throws IOException {
        createFile(A, "new");
        createFile(B, "old");
        assertFails(Errno.EEXIST, () -> directory.rename(A, directory, B, true));
        assertThat(read(A)).isEqualTo("new");
        assertThat(read(B)).isEqualTo("old");
    }

    @Test
    void rename_toOtherDirectory_moves() throws IOException {
        createFile(A, "x");
        try (var other = directory.createDirectory(FileName.of("other"))) {
            directory.rename(A, other, B, true);
            assertThat(other.list()).containsExactly(B);
        }
        assertThat(directory.list()).containsExactly(FileName.of("other"));
    }

    @Test
    void removeFile_symlink_leavesItsTarget() throws IOException {
        createFile(A, "x");
        directory.createSymlink(B, ascii("a"));
        directory.removeFile(B);
        assertThat(directory.list()).containsExactly(A);
    }

    @Test
    void removeFile_directory_isRefused() throws IOException {
        directory.createDirectory(A).close();
        assertFails(Errno.EISDIR, () -> directory.removeFile(A))
                .hasMessage(temporary.path() + "/a: is a directory (unlinkat)");
    }

    @Test
    void removeDirectory_notEmpty_isRefused() throws IOException {
        try (var inner = directory.createDirectory(A)) {
            inner.createFile(B).close();
            assertFails(Errno.ENOTEMPTY, () -> directory.removeDirectory(A));
        }
    }

    @Test
    void sync_isPossible() throws IOException {
        createFile(A, "x");
        directory.sync();
    }

    @Test
    void directory_movedWhileOpen_isStillTheSame() throws IOException {
        try (var inner = directory.createDirectory(A)) {
            directory.rename(A, directory, B, true);
            directory.createSymlink(A, ascii("/"));
            inner.createFile(FileName.of("inner")).close();
        }
        try (var moved = directory.openDirectory(B)) {
            assertThat(moved.list()).containsExactly(FileName.of("inner"));
        }
    }
}
