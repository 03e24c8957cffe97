package dev.strandline.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VarietyTreeTest {
    @Test
    void create_sameSeedTwice_makesTheSameTree() throws IOException {
        try (var temporary = TemporaryTree.create()) {
            var first = temporary.createDirectory("first");
            var second = temporary.createDirectory("second");
            VarietyTree.create(first, 7);
            VarietyTree.create(second, 7);
            TreeComparison.assertSame(first, second);
        }
    }

    @Test
    void create_otherSeed_makesAnotherTree() throws IOException {
        try (var temporary = TemporaryTree.create()) {
            var first = temporary.createDirectory("first");
            var second = temporary.createDirectory("second");
            VarietyTree.create(first, 7);
            VarietyTree.create(second, 8);
            assertThatThrownBy(() -> TreeComparison.assertSame(first, second)).hasMessageContaining("contents differ");
        }
    }

    @Test
    void create_makesEveryTypeThatTheUserMayMake() throws IOException {
        var fileSystem = PosixFileSystem.open();
        var wanted = fileSystem.effectiveUserId() == 0
                ? EnumSet.allOf(FileType.class)
                : EnumSet.complementOf(EnumSet.of(FileType.CHARACTER_DEVICE, FileType.BLOCK_DEVICE));
        try (var temporary = TemporaryTree.create()) {
            VarietyTree.create(temporary.path(), 7);
            var found = EnumSet.noneOf(FileType.class);
            collectTypes(temporary.directory(), found);
            assertThat(found).isEqualTo(wanted);
        }
    }

    private static void collectTypes(Directory directory, Set<FileType> found) throws IOException {
        for (var name : directory.list()) {
            var type = directory.status(name).type();
            found.add(type);
            if (type == FileType.DIRECTORY) {
                try (var inner = directory.openDirectory(name)) {
                    collectTypes(inner, found);
                }
            }
        }
    }

    /** The tools that administrators use understand what we have written in binary. */
    @Test
    void create_aclsAndCapabilities_areWhatTheToolsOfTheHostRead() throws IOException {
        HostTools.require("getfacl", "getcap");
        try (var temporary = TemporaryTree.create()) {
            VarietyTree.create(temporary.path(), 7);
            var root = Path.of(temporary.path().display());
            var acl = HostTools.run(List.of("getfacl", "--numeric", "acls/file"), root);
            assertThat(acl.stdoutText()).contains("user:1234:rw-", "group:4321:r-x", "mask::rw-", "other::r--");
            var capability = HostTools.run(List.of("getcap", "-r", "attributes"), root);
            boolean superuser = PosixFileSystem.open().effectiveUserId() == 0;
            assertThat(capability.stdoutText())
                    .isEqualTo(superuser ? "attributes/capability cap_net_bind_service=ep\n" : "");
        }
    }
}
