package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plain copy made by {@code rsync -a}: no history, no encryption. The yardstick of those who have a cron script. */
public final class RsyncCopy {
    private final Place place;

    RsyncCopy(Place place) {
        this.place = place;
    }

    public static String version() throws IOException {
        return Host.run("rsync", "--version").lines().findFirst().orElseThrow();
    }

    /** Copies the whole folder into an empty one, in place of the copy there is. */
    public Usage copy(Path source) throws IOException {
        place.clear();
        Files.createDirectories(place.repository());
        return update(source);
    }

    /** Copies what has changed onto the copy there is. */
    public Usage update(Path source) throws IOException {
        return place.measure(place.command("rsync", "-a", source + "/", place.repository() + "/"));
    }

    public FolderSize size() throws IOException {
        return place.repositorySize();
    }
}
