package dev.strandline.core.testkit;

import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What {@code find} and {@code rsync} say of two trees. */
final class TreeComparisonTools {
    /** How rsync has to itemize an entry: what changes, then {@code => other} if it has to be linked, then the name. */
    private static final String RSYNC_FORMAT = "--out-format=%i%L|%n";

    /** An unchanged entry or hard link: no update, any type, not one attribute, nothing to be linked. */
    private static final Pattern RSYNC_UNCHANGED = Pattern.compile("[.h][fdLDS] {9}(?! => ).*");

    private TreeComparisonTools() {}

    static List<String> findDifferences(String expected, String actual) {
        var differences = new ArrayList<String>();
        var expectedEntries = find(expected);
        var actualEntries = find(actual);
        expectedEntries.forEach((path, entry) -> {
            if (!entry.equals(actualEntries.get(path))) {
                differences.add(path + ": " + actualEntries.getOrDefault(path, "missing") + ", expected " + entry);
            }
        });
        actualEntries.forEach((path, entry) -> {
            if (!expectedEntries.containsKey(path)) {
                differences.add(path + ": unexpected " + entry);
            }
        });
        return differences;
    }

    /** Type, mode, owner, group, time and, but for directories, size, link count and target of each path. */
    private static SortedMap<String, String> find(String root) {
        var command = List.of(
                "find",
                ".",
                "-type",
                "d",
                "-printf",
                "%P\\0%y %m %U %G %T@\\0",
                "-o",
                "-printf",
                "%P\\0%y %m %U %G %T@ %s %n %l\\0");
        var result = HostTools.run(command, Path.of(root));
        if (result.exitCode() != 0 || !result.stderr().isEmpty()) {
            throw new AssertionError("find in " + root + ": " + result.stderr());
        }
        var entries = new TreeMap<String, String>();
        String[] fields = new String(result.stdout(), StandardCharsets.ISO_8859_1).split("\0", -1);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            entries.put(display(fields[i]), display(fields[i + 1]));
        }
        return entries;
    }

    private static String display(String bytes) {
        return ByteText.display(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param excluded what rsync must not visit, because it stops deleting after any error */
    static List<String> rsyncDifferences(String expected, String actual, List<FilePath> excluded) throws IOException {
        var excludeFile = Files.createTempFile("strandline-exclude", ".list");
        try {
            Files.write(excludeFile, patterns(excluded));
            var command = List.of(
                    "rsync",
                    "-aHAXSnc",
                    "--delete",
                    "--numeric-ids",
                    "-ii",
                    "--modify-window=-1",
                    RSYNC_FORMAT,
                    "--from0",
                    "--exclude-from=" + excludeFile,
                    expected + "/",
                    actual + "/");
            var result = HostTools.run(command, Path.of("/"));
            if (result.exitCode() != 0 || !result.stderr().isEmpty()) {
                return List.of(result.toString());
            }
            return result.stdoutText()
                    .lines()
                    .filter(line -> !RSYNC_UNCHANGED.matcher(line).matches())
                    .toList();
        } finally {
            Files.delete(excludeFile);
        }
    }

    private static byte[] patterns(List<FilePath> excluded) {
        var patterns = new ByteArrayOutputStream();
        for (var path : excluded) {
            byte[] bytes = path.toBytes();
            boolean wild = ByteText.decode(bytes).matches("(?s).*[*?\\[].*");
            patterns.write('/');
            for (byte b : bytes) {
                if (wild && (b == '*' || b == '?' || b == '[' || b == '\\')) {
                    patterns.write('\\');
                }
                patterns.write(b);
            }
            patterns.write(0);
        }
        return patterns.toByteArray();
    }
}
