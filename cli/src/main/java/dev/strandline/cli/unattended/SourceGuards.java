package dev.strandline.cli.unattended;

import dev.strandline.cli.configuration.ConfiguredSource;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.fs.MountTable;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds a run against the guards of its sources, so that an unmounted or emptied source fails the run instead of becoming
 * the newest snapshot.
 */
public final class SourceGuards {
    private static final String OVERRIDE =
            "Nothing was saved. If this is meant, run once with --no-guards, or change the configuration.";

    private SourceGuards() {}

    /** Where earlier snapshots are looked up, if a guard needs one. */
    public interface History {
        /** The newest snapshot before this run that holds {@code path} and counted its files. */
        Optional<Snapshot> lastWith(FilePath path) throws RepositoryException;
    }

    /** Before anything is captured. */
    public static void requireMounts(List<ConfiguredSource> sources) throws RefusedException {
        for (var source : sources) {
            var mount = source.guards().requireMount();
            if (mount.isPresent() && !isMounted(mount.get())) {
                throw new RefusedException(
                        "nothing is mounted at " + mount.get().display() + ", which the source "
                                + source.capture().path().display() + " requires",
                        "Mount it. " + OVERRIDE);
            }
        }
    }

    private static boolean isMounted(FilePath path) {
        try {
            return MountTable.read().contains(path);
        } catch (IOException e) {
            throw new IllegalStateException("the table of mounts can't be read", e);
        }
    }

    /** Before the snapshot is committed. */
    public static void requireFiles(List<ConfiguredSource> sources, CaptureResult result, History history)
            throws RepositoryException {
        for (var source : sources) {
            var path = source.capture().path();
            if (source.guards().looksAtFiles() && !result.absent().contains(path)) {
                requireFiles(source, found(result, path), history);
            }
        }
    }

    /** @param kept of the files, how many the snapshot before had too */
    private record Found(long files, long kept) {}

    private static Found found(CaptureResult result, FilePath path) {
        for (int i = 0; i < result.roots().size(); i++) {
            var root = result.roots().get(i);
            if (root.path().equals(path)) {
                return new Found(root.files().orElse(0), result.kept().get(i));
            }
        }
        return new Found(0, 0);
    }

    private static void requireFiles(ConfiguredSource source, Found found, History history) throws RepositoryException {
        var guards = source.guards();
        var path = source.capture().path();
        if (found.files < guards.minFiles()) {
            throw new RefusedException(
                    "the source " + path.display() + " holds " + Quantities.count(found.files, "file")
                            + ", fewer than min-files = " + guards.minFiles(),
                    OVERRIDE);
        }
        if (guards.maxDeletedPercent() >= 100) {
            return;
        }
        var before = history.lastWith(path);
        if (before.isEmpty()) {
            return;
        }
        long earlier = files(before.get(), path).orElse(0);
        long deleted = Math.max(0, earlier - found.kept);
        if (deleted * 100 > (double) earlier * guards.maxDeletedPercent()) {
            throw new RefusedException(
                    "of the " + Quantities.count(earlier, "file") + " that the source " + path.display()
                            + " held in snapshot "
                            + ByteText.display(before.get().record().name()) + ", " + Quantities.count(deleted)
                            + " are gone, more than max-deleted = " + guards.maxDeletedPercent() + "%",
                    OVERRIDE);
        }
    }

    /** How many files a snapshot holds at one of its roots. */
    public static OptionalLong files(Snapshot snapshot, FilePath path) {
        for (var root : snapshot.record().roots()) {
            if (root.path().equals(path)) {
                return root.files();
            }
        }
        return OptionalLong.empty();
    }
}
