package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plain copies made by {@code rsync -a}: no history, no encryption. The yardstick of those who have a cron script. */
public final class RsyncCopy {
    private final Place place;
    private int copies;

    RsyncCopy(Place place) {
        this.place = place;
    }

    public static String version() throws IOException {
        return Host.run("rsync", "--version").lines().findFirst().orElseThrow();
    }

    /** Copies the whole folder into an empty one. Earlier copies stay: who comes next would pay for their removal. */
    public Usage copy(Path source) throws IOException {
        copies++;
        Files.createDirectories(last());
        return update(source);
    }

    /** Copies what has changed onto the last copy. */
    public Usage update(Path source) throws IOException {
        return place.measure(place.command("rsync", "-a", source + "/", last() + "/"));
    }

    /** Of the last copy. */
    public FolderSize size() throws IOException {
        return FolderSize.of(last());
    }

    private Path last() {
        return place.repository().resolve("copy-" + copies);
    }
}
