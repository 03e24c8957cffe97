package dev.strandline.cli.unattended;

import dev.strandline.cli.configuration.ConfiguredSource;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a run against the guards of its sources, so that an unmounted or emptied source fails the run instead of becoming
 * the newest snapshot.
 */
public final class SourceGuards {
    private static final String OVERRIDE =
            "Nothing was saved. If this is meant, run once with --no-guards, or change the configuration.";

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** proc(5): blanks and backslashes in mount points are written in octal. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    private static final int MOUNT_POINT = 4;

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

    /** Whether something is mounted exactly here. */
    public static boolean isMounted(FilePath path) {
        try {
            byte[] table = Files.readAllBytes(MOUNTS);
            return new String(table, StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(line -> line.split(" ", MOUNT_POINT + 2))
                    .filter(fields -> fields.length > MOUNT_POINT)
                    .map(fields -> unescaped(fields[MOUNT_POINT]))
                    .anyMatch(point -> FilePath.of(point.getBytes(StandardCharsets.ISO_8859_1))
                            .equals(path));
        } catch (IOException e) {
            throw new IllegalStateException("the table of mounts can't be read", e);
        }
    }

    private static String unescaped(String field) {
        return ESCAPED.matcher(field)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 8))));
    }

    /** Before the snapshot is committed. */
    public static void requireFiles(List<ConfiguredSource> sources, CaptureResult result, History history)
            throws RepositoryException {
        for (var source : sources) {
            var path = source.capture().path();
            if (!result.absent().contains(path)) {
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
