package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A program that keeps snapshots of a folder in an encrypted repository, with the settings it has by default. Each has
 * repository, cache and home for itself.
 */
public interface Contender {
    Subject subject();

    /** The program's name and version, as it says them itself. */
    String version() throws IOException;

    /** Makes a new repository, with a new cache, in place of the ones there are. */
    void create() throws IOException;

    /** Takes a snapshot of a folder. */
    Usage snapshot(Path source) throws IOException;

    /**
     * Takes a snapshot of a folder as if at another time.
     *
     * @param time in whole seconds; after that of every snapshot there is
     */
    Usage snapshot(Path source, Instant time) throws IOException;

    /**
     * Brings the last snapshot back.
     *
     * @param source what it is of
     * @param target an empty folder
     */
    Restoration restore(Path source, Path target) throws IOException;

    /** Brings a snapshot back that was taken as if at another time; otherwise as the last one. */
    Restoration restore(Path source, Path target, Instant time) throws IOException;

    /** The commands that drop what the rules don't keep, and then free what only that needed; in this order. */
    List<Command> collection(Retention retention) throws IOException;

    /** How many snapshots there are. */
    int count() throws IOException;

    /**
     * Has the program check its repository.
     *
     * @throws IOException when there is something wrong with it
     */
    void check() throws IOException;

    /** How much the repository takes. */
    FolderSize size() throws IOException;

    /**
     * A tree that was brought back.
     *
     * @param tree what corresponds to the source
     */
    record Restoration(Usage usage, Path tree) {}
}
