package dev.strandline.core.fs.posix;

import static dev.strandline.core.fs.posix.PosixTesting.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosixFileSystemTest {
    private static final FileName NAME = FileName.of("name");

    private final PosixFileSystem fileSystem = PosixFileSystem.open();
    private TemporaryTree temporary;

    @BeforeEach
    void createTree() throws IOException {
        temporary = TemporaryTree.create();
    }

    @AfterEach
    void removeTree() throws IOException {
        temporary.close();
    }

    /** Makes directories below each other until the path has {@code length} bytes or more. */
    private static FilePath createDeep(Directory parent, int length, FileName name) throws IOException {
        if (parent.path().toBytes().length >= length) {
            return parent.path();
        }
        try (var directory = parent.createDirectory(name)) {
            return createDeep(directory, length, name);
        }
    }

    @Test
    void openDirectory_pathLongerThanPathMax_isOpened() throws IOException {
        var path = createDeep(temporary.directory(), 3 * Kernel.PATH_LENGTH_LIMIT, FileName.of("d".repeat(201)));
        try (var directory = fileSystem.openDirectory(path)) {
            directory.createFile(NAME).close();
            assertThat(directory.list()).containsExactly(NAME);
            assertThat(directory.path()).isEqualTo(path);
        }
    }

    @Test
    void openDirectory_pathsOfEveryLengthAroundPathMax_areOpened() throws IOException {
        // Each step is two bytes long: the two starts make slashes fall on even as well as on odd positions.
        for (String start : new String[] {"x", "xx"}) {
            try (var parent = temporary.directory().createDirectory(FileName.of(start))) {
                var path = createDeep(parent, Kernel.PATH_LENGTH_LIMIT + 4, FileName.of("d"));
                while (path.toBytes().length > Kernel.PATH_LENGTH_LIMIT - 4) {
                    fileSystem.openDirectory(path).close();
                    path = path.parent();
                }
            }
        }
    }

    @Test
    void openDirectory_nameLongerThanPathMax_isNameTooLong() {
        assertFails(Errno.ENAMETOOLONG, () -> fileSystem.openDirectory(FilePath.of("/" + "x".repeat(5_000))));
        assertFails(Errno.ENAMETOOLONG, () -> fileSystem.openDirectory(FilePath.of("/tmp/" + "x".repeat(300))));
    }

    @Test
    void openDirectory_symlink_isFollowed() throws IOException {
        temporary.createDirectory("directory");
        temporary.directory().createSymlink(NAME, new byte[] {'d', 'i', 'r', 'e', 'c', 't', 'o', 'r', 'y'});
        try (var directory = fileSystem.openDirectory(temporary.path().resolve(NAME))) {
            assertThat(directory.status().isSameFile(temporary.directory().status(FileName.of("directory"))))
                    .isTrue();
        }
    }

    @Test
    void openDirectory_failure_namesPathReasonAndCall() throws IOException {
        temporary.directory().createFile(NAME).close();
        assertFails(
                        Errno.ENOTDIR,
                        () -> fileSystem.openDirectory(temporary.path().resolve(NAME)))
                .hasMessage(temporary.path() + "/name: not a directory (openat)");
        assertFails(Errno.ENOENT, () -> fileSystem.openDirectory(FilePath.of("/no/such")))
                .hasMessage("/no/such: no such file or directory (openat)");
    }

    @Test
    void openDirectory_unprintableName_isPrintedSafely() {
        var path = FilePath.of(new byte[] {'/', 0x1b, '[', (byte) 0xff});
        assertFails(Errno.ENOENT, () -> fileSystem.openDirectory(path))
                .hasMessageStartingWith("/\\x1b[\\xff: no such file");
    }

    @Test
    void workingDirectory_isThatOfTheProcess() throws IOException {
        var expected = Path.of("").toAbsolutePath().toString();
        assertThat(fileSystem.workingDirectory()).isEqualTo(FilePath.of(expected));
        try (var here = fileSystem.openDirectory(FilePath.of("."));
                var absolute = fileSystem.openDirectory(fileSystem.workingDirectory())) {
            assertThat(here.status().isSameFile(absolute.status())).isTrue();
        }
    }

    @Test
    void effectiveUserId_ownsNewFiles() throws IOException {
        assertThat(temporary.directory().status().uid()).isEqualTo(fileSystem.effectiveUserId());
    }

    @Test
    void maxDescriptors_areWhatProcSays() throws IOException {
        var line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(limit -> limit.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        assertThat(line).matches("Max open files +" + fileSystem.maxDescriptors() + " .*");
    }

    @Test
    void isTerminal_closedDescriptor_isFalse() {
        assertThat(fileSystem.isTerminal(987_654)).isFalse();
    }

    @Test
    void isPseudoFileSystem_tellsKernelMadeFromKept() throws IOException {
        assertThat(temporary.directory().isPseudoFileSystem()).isFalse();
        for (String path : new String[] {"/proc", "/sys", "/dev/pts"}) {
            try (var directory = fileSystem.openDirectory(FilePath.of(path))) {
                assertThat(directory.isPseudoFileSystem()).as(path).isTrue();
            }
        }
        try (var dev = fileSystem.openDirectory(FilePath.of("/dev"))) {
            assertThat(dev.isPseudoFileSystem()).isFalse();
        }
    }

    @Test
    void close_twice_leavesReusedDescriptorAlone() throws IOException {
        var first = temporary.directory().createFile(NAME);
        first.close();
        try (var second = temporary.directory().openFile(NAME)) {
            first.close();
            assertThat(second.status().type()).isEqualTo(FileType.REGULAR);
        }
    }

    @Test
    void use_afterClose_isRefused() throws IOException {
        var directory = temporary.directory();
        var closedDirectory = directory.createDirectory(FileName.of("directory"));
        var closedFile = directory.createFile(NAME);
        var closedEntry = directory.openEntry(NAME);
        closedDirectory.close();
        closedFile.close();
        closedEntry.close();
        try (var _ = directory.openFile(NAME);
                var _ = directory.openFile(NAME);
                var _ = directory.openFile(NAME)) {
            assertRefused(closedDirectory::list);
            assertRefused(() -> closedDirectory.status(NAME));
            assertRefused(() -> closedDirectory.openFile(NAME));
            assertRefused(() -> closedDirectory.createDirectory(NAME));
            assertRefused(closedDirectory::isPseudoFileSystem);
            assertRefused(() -> closedFile.read(0, new byte[1], 0, 1));
            assertRefused(() -> closedFile.nextData(0));
            assertRefused(closedFile::tryLock);
            assertRefused(closedFile::status);
            assertRefused(closedFile::xattrs);
            assertRefused(closedEntry::status);
            assertRefused(closedEntry::xattrs);
            assertRefused(closedEntry::readLink);
            assertThatThrownBy(() -> closedFile.write(0, new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> closedFile.setSize(5)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> closedEntry.setMode(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> closedEntry.setModified(new FileTime(0, 0)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> directory.link(NAME, closedDirectory, NAME))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static void assertRefused(Callable<?> use) {
        assertThatThrownBy(use::call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("used after close: ");
    }

    @Test
    void list_byManyThreadsAtOnce_isWholeForEach() throws Exception {
        var directory = temporary.directory();
        int count = 3_000; // more than one getdents64 gives
        for (int i = 0; i < count; i++) {
            directory.createSymlink(FileName.of("symlink-with-a-long-name-" + i), new byte[] {'x'});
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = Collections.nCopies(
                    100, (Callable<Integer>) () -> directory.list().size());
            for (var answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).isEqualTo(count);
            }
        }
    }

    @Test
    void directory_usedByManyThreads_answersEachOfThem() throws Exception {
        var directory = temporary.directory();
        int count = 200;
        for (int i = 0; i < count; i++) {
            directory.createFile(FileName.of("file-" + i)).close();
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 64)
                    .mapToObj(_ -> (Callable<Integer>) () -> {
                        for (var name : directory.list()) {
                            try (var file = directory.openWritable(name)) {
                                byte[] bytes = name.toBytes();
                                file.write(0, bytes, 0, bytes.length);
                            }
                        }
                        return directory.list().size();
                    })
                    .toList();
            for (var answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).isEqualTo(count);
            }
        }
        for (var name : directory.list()) {
            try (var file = directory.openFile(name)) {
                var content = new byte[100];
                int length = file.read(0, content, 0, content.length);
                assertThat(FileName.of(Arrays.copyOf(content, length))).isEqualTo(name);
            }
        }
    }
}
