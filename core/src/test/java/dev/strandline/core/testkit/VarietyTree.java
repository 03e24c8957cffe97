package dev.strandline.core.testkit;

import static dev.strandline.core.testkit.VarietyTreeWriter.xattr;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A tree with everything that a snapshot has to bring back: each type of file, every kind of metadata, names and paths
 * that trip programs up. Root gets what only root can make as well: devices, other owners, {@code trusted} and {@code
 * security} attributes, a file without permissions. The same seed gives the same tree.
 */
public final class VarietyTree {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int PATH_MAX = 4096;
    private static final int DEEP_PATH_LENGTH = 5_000;

    private final VarietyTreeWriter writer;
    private final boolean superuser;

    private VarietyTree(VarietyTreeWriter writer, boolean superuser) {
        this.writer = writer;
        this.superuser = superuser;
    }

    /** Fills the existing, empty directory {@code root}, and gives it a time of its own. */
    public static void create(FilePath root, long seed) throws IOException {
        var fileSystem = PosixFileSystem.open();
        var tree = new VarietyTree(new VarietyTreeWriter(seed), fileSystem.effectiveUserId() == 0);
        try (var directory = fileSystem.openDirectory(root)) {
            tree.fill(directory);
        }
    }

    private void fill(Directory root) throws IOException {
        writer.directory(root, "contents", this::fillContents);
        writer.directory(root, "sparse", this::fillSparse);
        writer.directory(root, "names", this::fillNames);
        writer.directory(root, "modes", this::fillModes);
        writer.directory(root, "symlinks", this::fillSymlinks);
        writer.directory(root, "hard-links", this::fillHardLinks);
        writer.directory(root, "specials", this::fillSpecials);
        writer.directory(root, "attributes", this::fillAttributes);
        writer.directory(root, "acls", this::fillAcls);
        writer.directory(root, "deep", directory -> fillDeep(directory, 0));
        writer.directory(root, "empty", _ -> {});
        if (superuser) {
            writer.directory(root, "owners", this::fillOwners);
        }
        writer.setDirectoryTimes(root);
    }

    private void fillContents(Directory directory) throws IOException {
        for (int length : new int[] {0, 1, 128 * KIB - 1, 128 * KIB, 128 * KIB + 1, MIB, 3 * MIB}) {
            writer.file(directory, "random-%07d".formatted(length), writer.randomBytes(length));
        }
        writer.file(directory, "text", "All work and no play.\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
        writer.file(directory, "written-zeros", new byte[300 * KIB]);
        byte[] twice = writer.randomBytes(200 * KIB);
        writer.file(directory, "same-1", twice);
        writer.file(directory, "same-2", twice);
    }

    private void fillSparse(Directory directory) throws IOException {
        writer.sparseFile(directory, "hole-at-front", 8 * MIB, 100 * KIB, 8L * MIB - 100 * KIB);
        writer.sparseFile(directory, "hole-in-the-middle", 8 * MIB, 64 * KIB, 0, 8L * MIB - 64 * KIB);
        writer.sparseFile(directory, "hole-at-end", 8L * MIB + 1, 70 * KIB, 0);
        writer.sparseFile(directory, "islands", 16 * MIB, 64 * KIB, MIB, 4L * MIB, 5L * MIB, 11L * MIB);
        writer.sparseFile(directory, "nothing-but-hole", 64L * MIB, 0);
        writer.sparseFile(directory, "short-hole", 5, 0);
    }

    private void fillNames(Directory directory) throws IOException {
        String[] names = {
            " ",
            " leading",
            "trailing ",
            "-rf",
            "--help",
            "...",
            ".hidden",
            "~",
            "*",
            "?",
            "[a]",
            "{b}",
            "$HOME",
            "`id`",
            "a;b",
            "a&b",
            "a|b",
            "a'b",
            "a\"b",
            "a\\b",
            "a\\nb",
            "\\#012",
            "a\nb",
            "\n",
            "a\rb",
            "a\tb",
            "\u0001",
            "\u001b[31mred\u001b[0m",
            "\u007f",
            "caf\u00e9",
            "cafe\u0301",
            "\u202egnp.exe",
            "\ufeffbom",
            "\ud83c\udfd6",
            "CON",
            "con",
            "x".repeat(255),
            "\u00e9".repeat(127)
        };
        for (String name : names) {
            writer.file(directory, name, name.getBytes(StandardCharsets.UTF_8));
        }
        byte[] longest = new byte[FileName.MAX_LENGTH];
        Arrays.fill(longest, (byte) 0xff);
        byte[][] notUtf8 = {
            {(byte) 0x80},
            {(byte) 0xff, (byte) 0xfe, 'x'},
            {'a', (byte) 0xe9},
            {(byte) 0xc3},
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            longest
        };
        for (byte[] name : notUtf8) {
            writer.file(directory, FileName.of(name), name, _ -> {});
        }
        writer.directory(
                directory, FileName.of(new byte[] {'d', (byte) 0xfc}), inner -> writer.file(inner, "f", new byte[3]));
    }

    private void fillModes(Directory directory) throws IOException {
        for (int mode : new int[] {0400, 0600, 0751, 0777, 01644, 02755, 04755, 06711}) {
            writer.file(
                    directory, FileName.of("file-%04o".formatted(mode)), new byte[] {1}, file -> file.setMode(mode));
        }
        if (superuser) {
            writer.file(directory, FileName.of("file-0000"), new byte[] {1}, file -> file.setMode(0));
            writer.directory(directory, "directory-0000", inner -> {
                writer.file(inner, "f", new byte[1]);
                inner.setMode(0);
            });
        }
        for (int mode : new int[] {0500, 0700, 01777, 02775, 03711}) {
            writer.directory(directory, "directory-%04o".formatted(mode), inner -> {
                writer.file(inner, "f", new byte[1]);
                inner.setMode(mode);
            });
        }
    }

    private void fillSymlinks(Directory directory) throws IOException {
        writer.file(directory, "target", new byte[] {1, 2, 3});
        writer.symlink(directory, "relative", "target");
        writer.symlink(directory, "to-directory", "../empty");
        writer.symlink(directory, "absolute", "/etc/passwd");
        writer.symlink(directory, "dangling", "there is\nno such file");
        writer.symlink(directory, "loop", "loop");
        writer.symlink(directory, "outside", "../../../../../../tmp");
        writer.symlink(directory, "slashes", "..//./empty//");
        writer.symlink(directory, "not-utf8", new byte[] {(byte) 0xff, '/', (byte) 0x80});
        writer.symlink(directory, "longest", "t".repeat(PATH_MAX - 1));
    }

    private void fillHardLinks(Directory directory) throws IOException {
        writer.file(directory, "two-1", writer.randomBytes(1000));
        directory.link(FileName.of("two-1"), directory, FileName.of("two-2"));
        writer.directory(
                directory,
                "a",
                a -> writer.directory(directory, "b", b -> {
                    writer.file(a, "three-1", writer.randomBytes(MIB));
                    a.link(FileName.of("three-1"), a, FileName.of("three-2"));
                    a.link(FileName.of("three-1"), b, FileName.of("three-3"));
                    writer.symlink(a, "symlink-1", "three-1");
                    a.link(FileName.of("symlink-1"), b, FileName.of("symlink-2"));
                    writer.special(b, "fifo-1", FileType.FIFO, 0, 0);
                    b.link(FileName.of("fifo-1"), a, FileName.of("fifo-2"));
                }));
        writer.file(directory, "empty-1", new byte[0]);
        directory.link(FileName.of("empty-1"), directory, FileName.of("empty-2"));
    }

    private void fillSpecials(Directory directory) throws IOException {
        writer.special(directory, "fifo", FileType.FIFO, 0, 0);
        writer.special(directory, "socket", FileType.SOCKET, 0, 0);
        writer.special(directory, "fifo-0751", FileType.FIFO, 0, 0);
        writer.touch(directory, "fifo-0751", fifo -> fifo.setMode(0751));
        if (superuser) {
            writer.special(directory, "null", FileType.CHARACTER_DEVICE, 1, 3);
            writer.special(directory, "character-device", FileType.CHARACTER_DEVICE, 240, 0x12345);
            writer.special(directory, "block-device", FileType.BLOCK_DEVICE, 4095, 0xfffff);
        }
    }

    private void fillAttributes(Directory directory) throws IOException {
        writer.file(directory, FileName.of("user"), writer.randomBytes(10), file -> {
            file.setXattr(xattr("user.text", "value".getBytes(StandardCharsets.US_ASCII)));
            file.setXattr(xattr("user.empty"));
            file.setXattr(xattr("user.binary", new byte[] {0, 1, (byte) 0xff, 0, '\n'}));
            file.setXattr(xattr("user.name with space\n"));
        });
        writer.file(
                directory,
                FileName.of("long-value"),
                new byte[0],
                file -> file.setXattr(xattr("user.long", writer.randomBytes(2_000))));
        writer.file(directory, FileName.of("many"), new byte[0], file -> {
            for (int i = 0; i < 25; i++) {
                file.setXattr(xattr("user.attribute-with-a-rather-long-name-%02d".formatted(i), (byte) i));
            }
        });
        writer.directory(directory, "directory", inner -> inner.setXattr(xattr("user.directory", (byte) 1)));
        if (superuser) {
            fillPrivilegedAttributes(directory);
        }
    }

    private void fillPrivilegedAttributes(Directory directory) throws IOException {
        var trusted = xattr("trusted.strandline", (byte) 0, (byte) 7);
        writer.file(directory, FileName.of("trusted"), new byte[2], file -> file.setXattr(trusted));
        writer.directory(directory, "trusted-directory", inner -> inner.setXattr(trusted));
        writer.symlink(directory, "trusted-symlink", "trusted");
        writer.touch(directory, "trusted-symlink", symlink -> symlink.setXattr(trusted));
        writer.special(directory, "trusted-fifo", FileType.FIFO, 0, 0);
        writer.touch(directory, "trusted-fifo", fifo -> fifo.setXattr(trusted));
        // cap_net_bind_service=ep as in linux/capability.h: revision 2 with the effective bit, then bit 10 permitted.
        byte[] capability = new byte[20];
        capability[0] = 1;
        capability[3] = 2;
        capability[5] = 4;
        writer.file(directory, FileName.of("capability"), new byte[4], file -> {
            file.setOwner(1000, 1000);
            file.setMode(0755);
            file.setXattr(xattr("security.capability", capability));
        });
    }

    private void fillAcls(Directory directory) throws IOException {
        var access = VarietyTreeAcl.ACCESS.forUserAndGroup(1234, 4321, 6);
        writer.file(directory, FileName.of("file"), new byte[] {1}, file -> file.setXattr(access));
        writer.file(
                directory,
                FileName.of("masked"),
                new byte[] {1},
                file -> file.setXattr(VarietyTreeAcl.ACCESS.forUserAndGroup(0, 100, 0)));
        writer.special(directory, "fifo", FileType.FIFO, 0, 0);
        writer.touch(directory, "fifo", fifo -> fifo.setXattr(access));
        writer.directory(directory, "directory", inner -> {
            writer.file(inner, "made-before-the-default", new byte[1]);
            inner.setXattr(access);
            inner.setXattr(VarietyTreeAcl.DEFAULT.forUserAndGroup(77, 88, 7));
            writer.file(inner, "made-after-the-default", new byte[1]);
            writer.directory(inner, "inherits", inherits -> writer.file(inherits, "f", new byte[1]));
        });
    }

    private void fillDeep(Directory directory, int length) throws IOException {
        writer.file(directory, "file", writer.randomBytes(100));
        if (length >= DEEP_PATH_LENGTH) {
            writer.symlink(directory, "symlink", "file");
            directory.link(FileName.of("file"), directory, FileName.of("hard-link"));
            return;
        }
        var name = FileName.of("d".repeat(250));
        writer.directory(directory, name, inner -> fillDeep(inner, length + 1 + name.length()));
    }

    private void fillOwners(Directory directory) throws IOException {
        writer.file(directory, FileName.of("file"), new byte[1], file -> file.setOwner(1000, 1001));
        writer.file(directory, FileName.of("set-id"), new byte[1], file -> {
            file.setOwner(65534, 65534);
            file.setMode(06755);
        });
        writer.file(directory, FileName.of("large-ids"), new byte[1], file -> file.setOwner((int) 4_000_000_000L, -2));
        writer.symlink(directory, "symlink", "file");
        writer.touch(directory, "symlink", symlink -> symlink.setOwner(1, 2));
        writer.special(directory, "fifo", FileType.FIFO, 0, 0);
        writer.touch(directory, "fifo", fifo -> fifo.setOwner(3, 4));
        writer.directory(directory, "directory", inner -> {
            writer.file(inner, "f", new byte[1]);
            inner.setOwner(65534, 65533);
        });
    }
}
