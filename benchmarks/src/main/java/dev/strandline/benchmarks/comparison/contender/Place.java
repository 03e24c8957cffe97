package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a contender has for itself below one folder: repository, cache, home, temporary files. */
record Place(Path folder, Meter meter) {
    Path repository() {
        return folder.resolve("repository");
    }

    Path cache() {
        return folder.resolve("cache");
    }

    Path home() {
        return folder.resolve("home");
    }

    private Path temporary() {
        return folder.resolve("temporary");
    }

    /** Removes all that is there, and makes the folders anew but for the repository. */
    void clear() throws IOException {
        Host.remove(folder);
        for (var part : List.of(cache(), home(), temporary())) {
            Files.createDirectories(part);
        }
    }

    /** A command that knows this place and nothing else. */
    Command command(String... words) {
        var environment = Map.of(
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                "HOME",
                home().toString(),
                "TMPDIR",
                temporary().toString(),
                "LC_ALL",
                "C.UTF-8",
                "TZ",
                "UTC");
        return new Command(List.of(words), environment, Path.of("/"));
    }

    Usage measure(Command command) throws IOException {
        return meter.measure(command);
    }

    String ask(Command command) throws IOException {
        return meter.ask(command);
    }

    FolderSize repositorySize() throws IOException {
        return FolderSize.of(repository());
    }

    /** The folder that something is in; whoever restores by relative paths starts there. */
    static Path parent(Path source) {
        var parent = source.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("nothing is above " + source);
        }
        return parent;
    }
}
