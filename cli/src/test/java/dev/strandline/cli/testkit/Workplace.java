package dev.strandline.cli.testkit;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.TemporaryTree;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A folder for one test, with a {@code home}, and Strandline set up to use {@code repository} and {@code key} in it.
 * Everything there belongs to whoever runs Strandline.
 */
public final class Workplace implements AutoCloseable {
    private final TemporaryTree tree;
    private final boolean ordinaryUser;

    private Workplace(boolean ordinaryUser) {
        this.ordinaryUser = ordinaryUser;
        try {
            tree = TemporaryTree.create();
            tree.directory().setMode(0755);
            directory("home");
            if (ordinaryUser && Program.isRoot()) {
                HostTools.require("setpriv");
                tree.directory().setOwner(Program.ORDINARY_USER, Program.ORDINARY_USER);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the user that runs the tests. */
    public static Workplace create() {
        return new Workplace(false);
    }

    /** For somebody who is not root. */
    public static Workplace ofOrdinaryUser() {
        return new Workplace(true);
    }

    public boolean isOfOrdinaryUser() {
        return ordinaryUser;
    }

    public Path path(String name) {
        return Path.of(tree.path().display()).resolve(name);
    }

    public FilePath filePath(String name) {
        return FilePath.of(path(name).toString());
    }

    public Path repository() {
        return path("repository");
    }

    /** Makes a directory. */
    public Path directory(String name) throws IOException {
        return Files.createDirectories(path(name));
    }

    /** Makes a file, with the directories above it. */
    public Path file(String name, String content) throws IOException {
        Files.createDirectories(path(name).getParent());
        return Files.writeString(path(name), content);
    }

    /** Gives all that is there to the ordinary user. */
    public void handOver() {
        if (ordinaryUser && Program.isRoot()) {
            tool("chown", "-R", "-h", Program.ORDINARY_USER + ":" + Program.ORDINARY_USER, path("").toString());
        }
    }

    /** Strandline with a home and a search path; it knows no repository. */
    public Program bare() {
        var program = Program.strandline()
                .with("PATH", "/usr/bin:/bin")
                .with("HOME", path("home").toString());
        return (ordinaryUser ? program.asOrdinaryUser() : program).in(path(""));
    }

    /** Strandline, its repository and key named by the environment. */
    public Program strandline() {
        return bare().with("STRANDLINE_REPOSITORY", repository().toString())
                .with("STRANDLINE_KEY_FILE", path("key").toString());
    }

    /** The same, and the repository is there. */
    public Program initialized() {
        var program = strandline();
        program.run("init", "-q").exits(0);
        return program;
    }

    /** Writes a configuration of the repository and key here, and of what else it says; gives Strandline with it. */
    public Program configured(String settings) throws IOException {
        var file = file(
                "strandline.toml",
                "repository = \"%s\"\nkey-file = \"%s\"\n%s\n".formatted(repository(), path("key"), settings));
        return bare().with("STRANDLINE_CONFIG", file.toString());
    }

    /** Takes a snapshot of a folder here, which works. */
    public void snapshot(String folder) {
        strandline().run("snapshot", path(folder).toString()).succeedsSilently();
    }

    /** Restores a folder here from the newest snapshot to {@code target}, and they are the same. */
    public void restoreAndCompare(String folder, String target) throws IOException {
        strandline()
                .run(
                        "restore",
                        "latest:" + path(folder),
                        "--target",
                        path(target).toString())
                .succeedsSilently();
        TreeComparison.assertSame(filePath(folder), filePath(target));
    }

    /** How many snapshots the repository lists. */
    public int snapshotCount() {
        return strandline().run("list", "--json").exits(0).json().size();
    }

    /** The repository's objects, with their sizes. */
    public Map<String, Long> objects() {
        return files(repository(), path -> !path.startsWith("index.rocksdb") && !path.startsWith("reserve"));
    }

    /** The names of the objects of one kind, such as {@code packs}. */
    public List<String> objects(String kind) {
        return files(repository(), path -> path.startsWith(kind)).keySet().stream()
                .sorted()
                .toList();
    }

    /** Doesn't look into folders that are not wanted: a running program may be changing them. */
    private static Map<String, Long> files(Path root, Predicate<Path> wanted) {
        var sizes = new HashMap<String, Long>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.equals(root) || wanted.test(root.relativize(folder))
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    var name = root.relativize(file);
                    if (attributes.isRegularFile() && wanted.test(name)) {
                        sizes.put(name.toString(), attributes.size());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sizes;
    }

    /** Runs a program of the machine, which must succeed. */
    public static HostTools.Result tool(String... command) {
        var result = HostTools.run(List.of(command), Path.of("/"));
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + result);
        }
        return result;
    }

    @Override
    public void close() throws IOException {
        tree.close();
    }
}
