package dev.strandline.core.fs.posix;

import static dev.strandline.core.fs.posix.PosixTesting.assertFails;
import static dev.strandline.core.fs.posix.PosixTesting.onlyForRoot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.EntryHandle;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owner, mode, times and extended attributes, by each kind of handle. */
class AttributesTest {
    /** A user's and a group's entry, as {@code setfacl -m u:1234:rw,g:4321:rx} makes them. */
    private static final byte[] ACL = HexFormat.of()
            .parseHex("02000000" + "01000600ffffffff" + "02000600d2040000" + "04000400ffffffff" + "08000500e1100000"
                    + "10000700ffffffff" + "20000400ffffffff");

    /** {@code cap_net_bind_service=ep}. */
    private static final byte[] CAPABILITY = HexFormat.of().parseHex("0100000200040000000000000000000000000000");

    private TemporaryTree temporary;
    private Directory directory;
    private WritableFile file;
    private EntryHandle symlink;
    private EntryHandle fifo;
    private EntryHandle heldFile;

    @BeforeEach
    void createEntries() throws IOException {
        temporary = TemporaryTree.create();
        var parent = temporary.directory();
        directory = parent.createDirectory(FileName.of("directory"));
        file = parent.createFile(FileName.of("file"));
        parent.createSymlink(FileName.of("symlink"), "file".getBytes(StandardCharsets.US_ASCII));
        symlink = parent.openEntry(FileName.of("symlink"));
        parent.createSpecial(FileName.of("fifo"), FileType.FIFO, 0, 0);
        fifo = parent.openEntry(FileName.of("fifo"));
        parent.createFile(FileName.of("held")).close();
        heldFile = parent.openEntry(FileName.of("held"));
    }

    @AfterEach
    void removeTree() throws IOException {
        directory.close();
        file.close();
        symlink.close();
        fifo.close();
        heldFile.close();
        temporary.close();
    }

    private List<AttributeTarget> targets() {
        return List.of(directory, file, symlink, fifo, heldFile);
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static Xattr xattr(String name, byte... value) {
        return new Xattr(name(name), value);
    }

    @Test
    void setModified_anyTime_isKeptToTheNanosecond() throws IOException {
        var times = List.of(
                new FileTime(-1, 999_999_999),
                new FileTime(Integer.MIN_VALUE + 1, 1),
                new FileTime(0, 0),
                new FileTime(Integer.MAX_VALUE + 1L, 5),
                new FileTime(1L << 32, 123_456_789));
        for (var target : targets()) {
            for (var time : times) {
                target.setModified(time);
                assertThat(target.status().modified()).isEqualTo(time);
            }
        }
    }

    @Test
    void setModified_symlink_leavesItsTargetAlone() throws IOException {
        file.setModified(new FileTime(7, 7));
        symlink.setModified(new FileTime(8, 8));
        assertThat(file.status().modified()).isEqualTo(new FileTime(7, 7));
    }

    @Test
    void setModified_leavesAccessTimeAlone() throws IOException {
        for (var name : new String[] {"directory", "file", "symlink", "fifo"}) {
            var path = Path.of(temporary.path().display(), name);
            var before = accessTime(path);
            try (var entry = temporary.directory().openEntry(FileName.of(name))) {
                entry.setModified(new FileTime(1_000, 1));
            }
            directory.setModified(new FileTime(1_000, 1));
            file.setModified(new FileTime(1_000, 1));
            assertThat(accessTime(path)).isEqualTo(before);
        }
    }

    private static Object accessTime(Path path) throws IOException {
        return Files.getAttribute(path, "lastAccessTime", LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void setMode_setsAllTwelveBits() throws IOException {
        for (var target : List.of(directory, file, fifo, heldFile)) {
            for (int mode : new int[] {0, 01777, 02755, 04711, 07777, 0600}) {
                target.setMode(mode);
                assertThat(target.status().mode()).isEqualTo(mode);
            }
        }
    }

    @Test
    void setMode_symlink_isRefusedAndLeavesItsTargetAlone() throws IOException {
        file.setMode(0640);
        assertFails(Errno.EOPNOTSUPP, () -> symlink.setMode(0777));
        assertThat(file.status().mode()).isEqualTo(0640);
    }

    @Test
    void setOwner_everyKind_isForRootOnly() throws IOException {
        for (var target : targets()) {
            if (onlyForRoot(() -> target.setOwner(1234, (int) 4_000_000_000L))) {
                assertThat(target.status().uid()).isEqualTo(1234);
                assertThat(Integer.toUnsignedLong(target.status().gid())).isEqualTo(4_000_000_000L);
            }
        }
    }

    @Test
    void setOwner_symlink_leavesItsTargetAlone() throws IOException {
        if (onlyForRoot(() -> symlink.setOwner(55, 66))) {
            assertThat(file.status().uid()).isZero();
        }
    }

    @Test
    void setOwner_clearsSetIdAndCapability() throws IOException {
        file.setMode(06755);
        if (onlyForRoot(() -> file.setXattr(new Xattr(name("security.capability"), CAPABILITY)))) {
            file.setOwner(1, 1);
            assertThat(file.status().mode()).isEqualTo(0755);
            assertThat(file.xattrs()).isEmpty();
        }
    }

    @Test
    void xattrs_none_isEmpty() throws IOException {
        for (var target : targets()) {
            assertThat(target.xattrs()).isEmpty();
        }
    }

    @Test
    void xattrs_user_areOrderedByName() throws IOException {
        for (var target : List.of(directory, file, heldFile)) {
            target.setXattr(xattr("user.b", (byte) 0, (byte) 0xff, (byte) 0));
            target.setXattr(xattr("user.\u00e9\n", (byte) 1));
            target.setXattr(xattr("user.a"));
            assertThat(target.xattrs())
                    .containsExactly(
                            xattr("user.a"),
                            xattr("user.b", (byte) 0, (byte) 0xff, (byte) 0),
                            xattr("user.\u00e9\n", (byte) 1));
        }
    }

    @Test
    void xattrs_longValuesAndManyNames_areWhole() throws IOException {
        var value = new byte[2_000];
        value[1_999] = 1;
        file.setXattr(new Xattr(name("user.long"), value));
        assertThat(file.xattrs()).containsExactly(new Xattr(name("user.long"), value));
        for (int i = 0; i < 40; i++) {
            heldFile.setXattr(xattr("user.some-name-that-makes-the-list-longer-%02d".formatted(i), (byte) i));
        }
        assertThat(heldFile.xattrs())
                .hasSize(40)
                .isSorted()
                .last()
                .satisfies(last -> assertThat(last.value()).containsExactly(39));
    }

    @Test
    void setXattr_existing_isReplaced() throws IOException {
        file.setXattr(xattr("user.a", (byte) 1));
        file.setXattr(xattr("user.a", (byte) 2, (byte) 3));
        assertThat(file.xattrs()).containsExactly(xattr("user.a", (byte) 2, (byte) 3));
    }

    @Test
    void setXattr_userOnSymlinkAndFifo_isRefused() {
        assertFails(Errno.EPERM, () -> symlink.setXattr(xattr("user.a")));
        assertFails(Errno.EPERM, () -> fifo.setXattr(xattr("user.a")))
                .hasMessage(temporary.path() + "/fifo: operation not permitted (setxattr)");
    }

    @Test
    void setXattr_trusted_isForRootOnEveryKind() throws IOException {
        for (var target : targets()) {
            if (onlyForRoot(() -> target.setXattr(xattr("trusted.a", (byte) 5)))) {
                assertThat(target.xattrs()).containsExactly(xattr("trusted.a", (byte) 5));
            }
        }
    }

    @Test
    void setXattr_capability_comesBackByteForByte() throws IOException {
        var capability = new Xattr(name("security.capability"), CAPABILITY);
        for (var target : List.of(file, heldFile)) {
            if (onlyForRoot(() -> target.setXattr(capability))) {
                assertThat(target.xattrs()).containsExactly(capability);
            }
        }
    }

    @Test
    void setXattr_acls_comeBackByteForByte() throws IOException {
        var access = new Xattr(name("system.posix_acl_access"), ACL);
        var preset = new Xattr(name("system.posix_acl_default"), ACL);
        for (var target : List.of(file, fifo, heldFile)) {
            target.setXattr(access);
            assertThat(target.xattrs()).containsExactly(access);
            assertThat(target.status().mode()).isEqualTo(0674);
        }
        directory.setXattr(access);
        directory.setXattr(preset);
        assertThat(directory.xattrs()).containsExactly(access, preset);
    }

    @Test
    void setXattr_impossibleNameOrValue_isRefused() {
        assertFails(
                Errno.EINVAL, () -> file.setXattr(new Xattr(new byte[] {'u', 's', 'e', 'r', '.', 0, 'a'}, name("x"))));
        assertFails(Errno.ERANGE, () -> file.setXattr(xattr("user." + "x".repeat(300))));
        assertFails(Errno.ERANGE, () -> file.setXattr(xattr("")));
        assertFails(Errno.ERANGE, () -> file.setXattr(new Xattr(name("user.a"), new byte[65_537])));
        assertFails(Errno.EOPNOTSUPP, () -> file.setXattr(xattr("nonsense.a")));
    }

    @Test
    void removeXattr_missing_isNoError() throws IOException {
        for (var target : List.of(directory, file, heldFile)) {
            target.setXattr(xattr("user.a", (byte) 1));
            target.removeXattr(name("user.a"));
            target.removeXattr(name("user.a"));
            assertThat(target.xattrs()).isEmpty();
        }
    }

    @Test
    void entry_renamedAndReplaced_isStillTheSame() throws IOException {
        var parent = temporary.directory();
        parent.rename(FileName.of("held"), parent, FileName.of("moved"), true);
        parent.createSymlink(FileName.of("held"), name("file"));
        heldFile.setMode(0611);
        assertThat(parent.status(FileName.of("moved")).mode()).isEqualTo(0611);
        assertThat(file.status().mode()).isEqualTo(0600);
        parent.removeFile(FileName.of("moved"));
        heldFile.setMode(0622);
        assertThat(heldFile.status().mode()).isEqualTo(0622);
    }

    @Test
    void readLink_notASymlink_isRefused() {
        assertFails(Errno.EINVAL, fifo::readLink).hasMessageContaining("/fifo: ");
    }
}
