package dev.strandline.core.testkit;

import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Proof that two trees are the same, threefold so that no blind spot of one is a blind spot of all: {@code rsync} looks
 * at contents and metadata, {@code find} lists the metadata, and a walk of our own also sees hole layouts, device
 * numbers and paths longer than PATH_MAX. Access, change and birth times and the sizes of directories don't count.
 */
public final class TreeComparison {
    private static final int DIFFERENCES_SHOWN = 40;

    private TreeComparison() {}

    /** @throws AssertionError listing what differs */
    public static void assertSame(FilePath expected, FilePath actual) throws IOException {
        var differences = differences(expected, actual);
        if (!differences.isEmpty()) {
            var shown = differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size()));
            throw new AssertionError("%d differences between %s and %s:%n  %s%s"
                    .formatted(
                            differences.size(),
                            expected.display(),
                            actual.display(),
                            String.join("\n  ", shown),
                            shown.size() < differences.size() ? "\n  …" : ""));
        }
    }

    /** What differs, a line each that begins with who found it: {@code walk}, {@code find} or {@code rsync}. */
    static List<String> differences(FilePath expected, FilePath actual) throws IOException {
        HostTools.require("rsync", "find");
        var differences = new ArrayList<String>();
        var fileSystem = PosixFileSystem.open();
        try (var expectedRoot = fileSystem.openDirectory(expected);
                var actualRoot = fileSystem.openDirectory(actual)) {
            var walk = new TreeComparisonWalk();
            walk.compare(expectedRoot, actualRoot);
            walk.differences().forEach(line -> differences.add("walk: " + line));
            TreeComparisonTools.findDifferences(text(expected), text(actual))
                    .forEach(line -> differences.add("find: " + line));
            TreeComparisonTools.rsyncDifferences(text(expected), text(actual), walk.unreachableByPath())
                    .forEach(line -> differences.add("rsync: " + line));
        }
        return differences;
    }

    private static String text(FilePath path) {
        return ByteText.decode(path.toBytes());
    }
}
