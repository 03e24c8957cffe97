package dev.strandline.core.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The walk of our own: both trees by descriptors, entry by entry. */
final class TreeComparisonWalk {
    private static final FilePath TOP = FilePath.of(".");
    private static final int BLOCK_LENGTH = 1024 * 1024;

    /** Programs that take paths can go this far, with room left for the path of the tree itself. */
    private static final int MAX_PATH_LENGTH = 3_000;

    private final List<String> differences = new ArrayList<>();
    private final List<FilePath> unreachableByPath = new ArrayList<>();
    private final Map<String, List<FilePath>> expectedLinks = new HashMap<>();
    private final Map<String, List<FilePath>> actualLinks = new HashMap<>();
    private final byte[] expectedBlock = new byte[BLOCK_LENGTH];
    private final byte[] actualBlock = new byte[BLOCK_LENGTH];

    void compare(Directory expected, Directory actual) throws IOException {
        compareStatus(TOP, expected.status(), actual.status());
        compareXattrs(TOP, expected.xattrs(), actual.xattrs());
        compareEntries(TOP, expected, actual);
        var expectedGroups = groups(expectedLinks);
        var actualGroups = groups(actualLinks);
        expectedGroups.stream()
                .filter(group -> !actualGroups.contains(group))
                .forEach(group -> differences.add(group + ": hard links missing"));
        actualGroups.stream()
                .filter(group -> !expectedGroups.contains(group))
                .forEach(group -> differences.add(group + ": hard links unexpected"));
    }

    List<String> differences() {
        return differences;
    }

    /** The topmost entries whose path is too long for programs. */
    List<FilePath> unreachableByPath() {
        return unreachableByPath;
    }

    private static Set<String> groups(Map<String, List<FilePath>> links) {
        var groups = new TreeSet<String>();
        links.values()
                .forEach(paths -> groups.add(String.join(
                        ", ", paths.stream().map(FilePath::display).sorted().toList())));
        return groups;
    }

    private void compareEntries(FilePath path, Directory expected, Directory actual) throws IOException {
        var expectedNames = new TreeSet<>(expected.list());
        var actualNames = new TreeSet<>(actual.list());
        for (var name : actualNames) {
            if (!expectedNames.contains(name)) {
                differences.add(path.resolve(name).display() + ": unexpected");
            }
        }
        for (var name : expectedNames) {
            var entryPath = path.resolve(name);
            if (entryPath.toBytes().length > MAX_PATH_LENGTH && path.toBytes().length <= MAX_PATH_LENGTH) {
                unreachableByPath.add(entryPath);
            }
            if (actualNames.contains(name)) {
                compareEntry(entryPath, name, expected, actual);
            } else {
                differences.add(entryPath.display() + ": missing");
            }
        }
    }

    private void compareEntry(FilePath path, FileName name, Directory expected, Directory actual) throws IOException {
        var expectedStatus = expected.status(name);
        var actualStatus = actual.status(name);
        compareStatus(path, expectedStatus, actualStatus);
        noteLink(expectedLinks, expectedStatus, path);
        noteLink(actualLinks, actualStatus, path);
        try (var expectedEntry = expected.openEntry(name);
                var actualEntry = actual.openEntry(name)) {
            compareXattrs(path, expectedEntry.xattrs(), actualEntry.xattrs());
            if (expectedStatus.type() != actualStatus.type()) {
                return;
            }
            if (expectedStatus.type() == FileType.SYMLINK) {
                String expectedTarget = ByteText.display(expectedEntry.readLink());
                compare(path, "target", expectedTarget, ByteText.display(actualEntry.readLink()));
            }
        }
        switch (expectedStatus.type()) {
            case REGULAR -> compareFiles(path, name, expected, actual);
            case DIRECTORY -> {
                try (var expectedInner = expected.openDirectory(name);
                        var actualInner = actual.openDirectory(name)) {
                    compareEntries(path, expectedInner, actualInner);
                }
            }
            case SYMLINK, FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> {}
        }
    }

    private void compareFiles(FilePath path, FileName name, Directory expected, Directory actual) throws IOException {
        try (var expectedFile = expected.openFile(name);
                var actualFile = actual.openFile(name)) {
            compare(path, "data ranges", dataRanges(expectedFile), dataRanges(actualFile));
            long position = 0;
            while (true) {
                int length = expectedFile.read(position, expectedBlock, 0, BLOCK_LENGTH);
                int actualLength = actualFile.read(position, actualBlock, 0, BLOCK_LENGTH);
                int mismatch = Arrays.mismatch(expectedBlock, 0, length, actualBlock, 0, actualLength);
                if (mismatch >= 0) {
                    differences.add(path.display() + ": contents differ from byte " + (position + mismatch) + " on");
                    return;
                }
                if (length == 0) {
                    return;
                }
                position += length;
            }
        }
    }

    private static String dataRanges(ReadableFile file) throws IOException {
        var ranges = new ArrayList<String>();
        long hole = 0;
        for (long data = file.nextData(0); data >= 0; data = file.nextData(hole)) {
            hole = file.nextHole(data);
            ranges.add(data + "–" + hole);
        }
        return ranges.toString();
    }

    private static void noteLink(Map<String, List<FilePath>> links, FileStatus status, FilePath path) {
        if (status.linkCount() > 1 && status.type() != FileType.DIRECTORY) {
            String inode = status.device() + ":" + status.inode();
            links.computeIfAbsent(inode, _ -> new ArrayList<>()).add(path);
        }
    }

    private void compareStatus(FilePath path, FileStatus expected, FileStatus actual) {
        compare(path, "type", expected.type(), actual.type());
        compare(path, "mode", Integer.toOctalString(expected.mode()), Integer.toOctalString(actual.mode()));
        compare(path, "uid", Integer.toUnsignedString(expected.uid()), Integer.toUnsignedString(actual.uid()));
        compare(path, "gid", Integer.toUnsignedString(expected.gid()), Integer.toUnsignedString(actual.gid()));
        compare(path, "mtime", expected.modified(), actual.modified());
        compare(path, "device number", deviceNumber(expected), deviceNumber(actual));
        if (expected.type() != FileType.DIRECTORY) {
            compare(path, "size", expected.sizeBytes(), actual.sizeBytes());
            compare(path, "link count", expected.linkCount(), actual.linkCount());
        }
    }

    private static String deviceNumber(FileStatus status) {
        return status.specialMajor() + ":" + status.specialMinor();
    }

    private void compareXattrs(FilePath path, List<Xattr> expected, List<Xattr> actual) {
        compare(path, "extended attributes", text(expected), text(actual));
    }

    private static List<String> text(List<Xattr> xattrs) {
        return xattrs.stream()
                .map(xattr -> xattr + "=0x" + HexFormat.of().formatHex(xattr.value()))
                .toList();
    }

    private void compare(FilePath path, String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            differences.add(path.display() + ": " + what + " is " + actual + ", expected " + expected);
        }
    }
}
