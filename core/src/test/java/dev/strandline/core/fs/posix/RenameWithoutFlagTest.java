package dev.strandline.core.fs.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file system such as NFS that can't rename without replacing, played by {@code strace} on a JVM of its own. */
class RenameWithoutFlagTest {
    private static final FileName FIRST = FileName.of("first");
    private static final FileName SECOND = FileName.of("second");
    private static final FileName TARGET = FileName.of("target");

    /** Moves {@code first} to {@code target}, then says how moving {@code second} there, too, fails. */
    public static void main(String[] arguments) throws IOException {
        try (var directory = PosixFileSystem.open().openDirectory(FilePath.of(arguments[0]))) {
            directory.rename(FIRST, directory, TARGET, true);
            directory.rename(SECOND, directory, TARGET, true);
        } catch (FileOperationException e) {
            System.out.print(e.errno());
        }
    }

    @Test
    void rename_noReplaceUnsupported_isAsExclusive() throws IOException {
        HostTools.require("strace");
        try (var temporary = TemporaryTree.create()) {
            var directory = temporary.directory();
            directory.createFile(FIRST).close();
            directory.createFile(SECOND).close();
            var inode = directory.status(FIRST).inode();
            var result = HostTools.run(
                    List.of(
                            "strace",
                            "-f",
                            "-qq",
                            "-o",
                            "/dev/null",
                            "-e",
                            "trace=renameat2",
                            "-e",
                            "inject=renameat2:error=EINVAL",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            classFolder(PosixFileSystem.class) + ":" + classFolder(RenameWithoutFlagTest.class),
                            RenameWithoutFlagTest.class.getName(),
                            temporary.path().display()),
                    Path.of("/"));
            assertThat(result.stdoutText()).as(result.stderr()).isEqualTo("EEXIST");
            assertThat(directory.list()).containsExactlyInAnyOrder(SECOND, TARGET);
            assertThat(directory.status(TARGET).inode()).isEqualTo(inode);
        }
    }

    private static String classFolder(Class<?> type) {
        var location = type.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(location.toString())).toString();
    }
}
