package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares a restored tree with its source: contents, types, modes, owners, times to the nanosecond, hard links, ACLs
 * and extended attributes, as rsync sees them.
 */
public final class TreeEquality {
    /** An entry or hard link that rsync would leave alone: nothing to update, nothing to link. */
    private static final Pattern UNCHANGED = Pattern.compile("[.h][fdLDS] {9}(?! => ).*");

    private TreeEquality() {}

    /** A line for each difference. */
    public static List<String> differences(Path source, Path restored) throws IOException {
        var words = List.of(
                "rsync",
                "-aHAXSnc",
                "--delete",
                "--numeric-ids",
                "-ii",
                "--modify-window=-1",
                "--out-format=%i%L|%n",
                source + "/",
                restored + "/");
        var differences = new ArrayList<String>();
        int exitCode = Host.lines(Path.of("/"), words, line -> {
            if (!isUnchanged(line)) {
                differences.add(line);
            }
        });
        if (exitCode != 0) {
            differences.add("rsync ended with " + exitCode);
        }
        return differences;
    }

    static boolean isUnchanged(String line) {
        return UNCHANGED.matcher(line).matches();
    }
}
