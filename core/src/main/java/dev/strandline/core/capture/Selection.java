package dev.strandline.core.capture;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides what a walk leaves out, with the reason. Stateless but for having said once that the repository is. */
final class Selection {
    private static final FileName CACHE_TAG = FileName.of("CACHEDIR.TAG");
    private static final byte[] CACHE_SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private final CaptureOptions options;
    private final Consumer<CaptureEvent> teller;
    private boolean saidRepository;

    Selection(CaptureOptions options, Consumer<CaptureEvent> teller) {
        this.options = options;
        this.teller = teller;
    }

    /** Whether an entry stays out by its name, size or identity. */
    boolean excludes(DirectoryVisit parent, FileName name, FileStatus status) {
        boolean isDirectory = status.type() == FileType.DIRECTORY;
        if (isDirectory) {
            if (isRepository(status, parent.pathOf(name))) {
                return true;
            }
        } else if (status.type() == FileType.REGULAR
                && status.sizeBytes() > parent.source().excludeLargerThanBytes()) {
            teller.accept(new CaptureEvent.Excluded(
                    parent.pathOf(name), "larger than " + parent.source().excludeLargerThanBytes() + " bytes"));
            return true;
        }
        return !parent.source().excludes().isEmpty() && excludedByPattern(parent, name, isDirectory);
    }

    /** Whether a directory is one that is never captured; told once. */
    boolean isRepository(FileStatus status, FilePath path) {
        for (var excluded : options.excludedDirectories()) {
            if (excluded.isSameFile(status)) {
                if (!saidRepository) {
                    saidRepository = true;
                    teller.accept(new CaptureEvent.RepositoryExcluded(path));
                }
                return true;
            }
        }
        return false;
    }

    private boolean excludedByPattern(DirectoryVisit parent, FileName name, boolean isDirectory) {
        // A pattern that starts with a slash may also spell the whole path.
        byte[] absolute = parent.pathOf(name).toBytes();
        var spellings = List.of(parent.pathInRoot(name), Arrays.copyOfRange(absolute, 1, absolute.length));
        var pattern = parent.source().excludes().exclusion(spellings, isDirectory);
        pattern.ifPresent(text -> teller.accept(new CaptureEvent.Excluded(parent.pathOf(name), "pattern " + text)));
        return pattern.isPresent();
    }

    /** Why a directory that was opened stays out for where it is or what it holds. */
    Optional<String> exclusionOf(
            Directory directory,
            FileStatus status,
            FilePath path,
            CaptureSource source,
            FileStatus root,
            FileStatus parent)
            throws IOException {
        boolean isRoot = options.isSource(path);
        if (status.device() != parent.device() && !isRoot) {
            if (source.oneFileSystem() && status.device() != root.device()) {
                return Optional.of("another file system");
            }
            if (directory.isPseudoFileSystem()) {
                return Optional.of("made up by the kernel, not files");
            }
        }
        if (isRoot) {
            return Optional.empty();
        }
        for (var marker : source.excludeIfPresent()) {
            if (has(directory, marker)) {
                return Optional.of("holds " + marker.display());
            }
        }
        return source.excludeCaches() && isCache(directory) ? Optional.of("tagged as a cache") : Optional.empty();
    }

    private static boolean has(Directory directory, FileName name) {
        try {
            directory.status(name);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isCache(Directory directory) {
        try (var tag = directory.openFile(CACHE_TAG)) {
            byte[] head = new byte[CACHE_SIGNATURE.length];
            return tag.read(0, head, 0, head.length) == head.length && Arrays.equals(head, CACHE_SIGNATURE);
        } catch (IOException _) {
            return false;
        }
    }
}
