package dev.strandline.cli.testkit;

import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.VarietyTree;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a {@link VarietyTree}, in a process of its own where another user shall own it. */
public final class VarietyTreeMaker {
    private VarietyTreeMaker() {}

    /** Makes the tree {@code name} in {@code place}, by the user whose place it is. */
    public static void make(Workplace place, String name, long seed) throws IOException {
        System.out.println("variety tree with seed " + seed);
        place.directory(name);
        if (!place.isOfOrdinaryUser() || !Program.isRoot()) {
            VarietyTree.create(place.filePath(name), seed);
            return;
        }
        // Class files may lie in a home that the ordinary user must not enter.
        var classes = place.directory("classes");
        for (var type : new Class<?>[] {PosixFileSystem.class, VarietyTree.class, VarietyTreeMaker.class}) {
            var origin = origin(type);
            Workplace.tool("cp", "-R", origin + (Files.isDirectory(origin) ? "/." : ""), classes.toString());
        }
        place.handOver();
        Program.of(System.getProperty("java.home") + "/bin/java", "--enable-native-access=ALL-UNNAMED")
                .and("-cp", classes + ":" + classes + "/*", VarietyTreeMaker.class.getName())
                .asOrdinaryUser()
                .run(place.path(name).toString(), Long.toString(seed))
                .exits(0);
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("classes come from files", impossible);
        }
    }

    /** Takes the directory and the seed. */
    public static void main(String[] arguments) throws IOException {
        VarietyTree.create(FilePath.of(arguments[0]), Long.parseLong(arguments[1]));
    }
}
