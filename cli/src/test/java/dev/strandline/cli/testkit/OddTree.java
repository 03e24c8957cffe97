package dev.strandline.cli.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random tree of all that a capture may trip over: names of any bytes, times far away, sparse files of 8 EiB, hard links,
 * links into nothing, caches, mounts of several kinds, one of them dead. Only root can mount; for others folders take the
 * place of mounts.
 */
public final class OddTree implements AutoCloseable {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_ENTRIES = 120;
    private static final long LARGEST = Long.MAX_VALUE & -4096L;
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "c",
            "skip",
            "cache",
            "x.tmp",
            "y.tmp",
            "#hash#",
            "-e",
            "back\\slash",
            "blank ",
            "line\nbreak",
            "\u001b[31m",
            "umlaut-\u00e4",
            "dots..",
            "*",
            "!not",
            "n".repeat(255));
    private static final String CACHE_TAG = "Signature: 8a477f597d28d172789f06886806bc55";
    private static final List<Long> FAR_SECONDS =
            List.of(Long.MAX_VALUE, Long.MIN_VALUE + 1, 253_402_300_800L, -62_167_219_201L, 4_000_000_000L, -1L);

    private final Random random;
    private final FilePath root;
    private final PosixFileSystem host = PosixFileSystem.open();
    private final List<FilePath> mounts = new ArrayList<>();
    private final List<FilePath> closed = new ArrayList<>();
    private final List<Entry> files = new ArrayList<>();
    private int entries;

    /** An entry that was made, and on which file system. */
    private record Entry(FilePath parent, FileName name, int mount) {}

    /** What is at one path: all that a restore brings back. */
    public record Found(FileType type, int mode, FileTime modified, long sizeBytes, String content) {}

    private OddTree(FilePath root, Random random) {
        this.root = root;
        this.random = random;
    }

    /** Makes a tree in an empty folder. */
    public static OddTree make(FilePath folder, long seed) throws IOException {
        var tree = new OddTree(folder, new Random(seed));
        // Only a file system in memory takes all times and sizes.
        tree.mount(folder, "tmpfs", "tmpfs");
        try (var directory = tree.host.openDirectory(folder)) {
            tree.fill(directory, 0, tree.mounts.size());
        } catch (IOException e) {
            tree.close();
            throw e;
        }
        return tree;
    }

    /** What is mounted that nobody sees into: the kernel's, and what is dead. */
    public List<FilePath> closed() {
        return List.copyOf(closed);
    }

    private boolean mount(FilePath path, String type, String device) {
        boolean done = Program.isRoot()
                && HostTools.run(List.of("mount", "-t", type, device, path.display()), Path.of("/"))
                                .exitCode()
                        == 0;
        if (done) {
            mounts.add(path);
        }
        return done;
    }

    /** A FUSE file system whose server is gone: whatever looks at it fails. */
    private void mountDead(FilePath path) {
        String command = "exec 9<>/dev/fuse && mount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 dead '"
                + path.display() + "'";
        if (Program.isRoot()
                && HostTools.run(List.of("/bin/sh", "-c", command), Path.of("/"))
                                .exitCode()
                        == 0) {
            mounts.add(path);
            closed.add(path);
        }
    }

    private void fill(Directory directory, int depth, int mount) throws IOException {
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count && entries < MAX_ENTRIES; i++) {
            var name = name();
            if (!directory.list().contains(name)) {
                entries++;
                if (depth < MAX_DEPTH && random.nextInt(3) == 0) {
                    folder(directory, name, depth, mount);
                } else {
                    leaf(directory, name, mount);
                }
            }
        }
        directory.setMode(0700 | random.nextInt(0100));
        if (random.nextInt(4) == 0) {
            directory.setModified(farTime());
        }
    }

    private FileName name() {
        if (random.nextInt(4) > 0) {
            return FileName.of(NAMES.get(random.nextInt(NAMES.size())));
        }
        byte[] bytes = new byte[1 + random.nextInt(20)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 0 || bytes[i] == '/' || bytes[i] == '.' ? (byte) 0xff : bytes[i];
        }
        return FileName.of(bytes);
    }

    private FileTime farTime() {
        return new FileTime(FAR_SECONDS.get(random.nextInt(FAR_SECONDS.size())), random.nextInt(1_000_000_000));
    }

    private void folder(Directory parent, FileName name, int depth, int mount) throws IOException {
        try (var made = parent.createDirectory(name)) {
            // Nobody writes odd names of mount points into a command.
            boolean mountable = name.display().matches("[a-z.]+");
            switch (mountable ? random.nextInt(8) : 7) {
                case 0 -> {
                    if (mount(made.path(), "tmpfs", "tmpfs")) {
                        try (var inside = host.openDirectory(made.path())) {
                            fill(inside, depth + 1, mounts.size());
                        }
                    }
                }
                case 1 -> mountDead(made.path());
                case 2 -> {
                    if (mount(made.path(), "proc", "proc")) {
                        closed.add(made.path());
                    }
                }
                case 3 -> {
                    write(made, FileName.of("CACHEDIR.TAG"), CACHE_TAG.getBytes(StandardCharsets.US_ASCII));
                    fill(made, depth + 1, mount);
                }
                case 4 -> {
                    write(made, FileName.of(".nobackup"), new byte[0]);
                    fill(made, depth + 1, mount);
                }
                default -> fill(made, depth + 1, mount);
            }
        }
    }

    private static void write(Directory parent, FileName name, byte[] content) throws IOException {
        try (var file = parent.createFile(name)) {
            file.write(0, content, 0, content.length);
        }
    }

    private void leaf(Directory parent, FileName name, int mount) throws IOException {
        switch (random.nextInt(10)) {
            case 0 -> parent.createSymlink(name, ByteText.encode(random.nextBoolean() ? "a" : "../../missing\n"));
            case 1 -> parent.createSpecial(name, random.nextBoolean() ? FileType.FIFO : FileType.SOCKET, 0, 0);
            case 2 -> huge(parent, name, mount);
            case 3 -> link(parent, name, mount);
            default -> {
                byte[] content = new byte[random.nextInt(10) == 0 ? 200_000 : random.nextInt(2_000)];
                random.nextBytes(content);
                try (var file = parent.createFile(name)) {
                    file.write(0, content, 0, content.length);
                    file.setMode(random.nextInt(01000));
                    if (random.nextInt(4) == 0) {
                        file.setModified(farTime());
                    }
                }
                files.add(new Entry(parent.path(), name, mount));
            }
        }
    }

    private void huge(Directory parent, FileName name, int mount) throws IOException {
        try (var file = parent.createFile(name)) {
            if (mount > 0) {
                file.setSize(LARGEST);
                file.write(1L << 40, new byte[] {1, 2, 3}, 0, 3);
            }
        }
        files.add(new Entry(parent.path(), name, mount));
    }

    private void link(Directory parent, FileName name, int mount) throws IOException {
        for (var file : files) {
            if (file.mount == mount) {
                try (var other = host.openDirectory(file.parent)) {
                    other.link(file.name, parent, name);
                    return;
                }
            }
        }
    }

    /** Everything in the tree by its path; of what is closed only that it is there. */
    public Map<FilePath, Found> inventory() throws IOException {
        return inventory(root, closed);
    }

    /** Everything below a folder by its path, without looking into {@code closed}. */
    public static Map<FilePath, Found> inventory(FilePath folder, List<FilePath> closed) throws IOException {
        var found = new TreeMap<FilePath, Found>();
        try (var directory = PosixFileSystem.open().openDirectory(folder)) {
            found.put(folder, found(directory.status(), ""));
            inventory(directory, closed, found);
        }
        return found;
    }

    private static void inventory(Directory directory, List<FilePath> closed, Map<FilePath, Found> found)
            throws IOException {
        for (var name : directory.list()) {
            var path = directory.path().resolve(name);
            if (closed.contains(path)) {
                continue;
            }
            var status = directory.status(name);
            switch (status.type()) {
                case DIRECTORY -> {
                    found.put(path, found(status, ""));
                    try (var below = directory.openDirectory(name)) {
                        inventory(below, closed, found);
                    }
                }
                case REGULAR -> found.put(path, found(status, content(directory, name)));
                case SYMLINK -> {
                    try (var link = directory.openEntry(name)) {
                        found.put(path, found(status, ByteText.decode(link.readLink())));
                    }
                }
                case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> found.put(path, found(status, ""));
            }
        }
    }

    private static Found found(FileStatus status, String content) {
        return new Found(
                status.type(),
                status.mode(),
                status.modified(),
                status.type() == FileType.DIRECTORY ? 0 : status.sizeBytes(),
                content);
    }

    /** All that is no hole, as a number that tells contents apart. */
    private static String content(Directory directory, FileName name) throws IOException {
        try (var file = directory.openFile(name)) {
            var pieces = new HashMap<Long, Integer>();
            byte[] block = new byte[4096];
            for (long at = file.nextData(0); at >= 0; at = file.nextData(at)) {
                long end = file.nextHole(at);
                for (; at < end; at += block.length) {
                    int count = file.read(at, block, 0, (int) Math.min(block.length, end - at));
                    boolean empty = true;
                    int hash = 0;
                    for (int i = 0; i < count; i++) {
                        empty &= block[i] == 0;
                        hash = 31 * hash + block[i];
                    }
                    if (!empty) { // a restore may make holes of zeros, and has other ideas of how large they are
                        pieces.put(at, hash);
                    }
                }
            }
            return new TreeMap<>(pieces).toString();
        }
    }

    /** Takes what was mounted away; the files are left. */
    @Override
    public void close() {
        for (var mount : mounts.reversed()) {
            HostTools.run(List.of("umount", "-l", mount.display()), Path.of("/"));
        }
    }
}
