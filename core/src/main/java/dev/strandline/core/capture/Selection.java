package dev.strandline.core.capture;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides what a walk leaves out, with the reason. Remembers nothing but which own places it has told of. */
final class Selection {
    private static final FileName CACHE_TAG = FileName.of("CACHEDIR.TAG");
    private static final byte[] CACHE_SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private final CaptureOptions options;
    private final Consumer<CaptureEvent> teller;
    private final Set<OwnPlace> told = new HashSet<>();

    Selection(CaptureOptions options, Consumer<CaptureEvent> teller) {
        this.options = options;
        this.teller = teller;
    }

    /** What the patterns of each scope say of an entry, in the order of the scopes; null where none has any. */
    IgnoreRules.@Nullable Exclusion @Nullable [] exclusions(DirectoryVisit parent, FileName name) {
        IgnoreRules.@Nullable Exclusion @Nullable [] exclusions = null;
        var scopes = parent.scopes();
        for (int i = 0; i < scopes.size(); i++) {
            var rules = scopes.get(i).source().excludes();
            if (!rules.isEmpty()) {
                if (exclusions == null) {
                    exclusions = new IgnoreRules.@Nullable Exclusion[scopes.size()];
                }
                // A pattern that starts with a slash may also spell the whole path.
                byte[] absolute = parent.pathOf(name).toBytes();
                exclusions[i] = rules.exclusion(List.of(
                        scopes.get(i).relative(parent.pathInRoot(name)),
                        Arrays.copyOfRange(absolute, 1, absolute.length)));
            }
        }
        return exclusions;
    }

    /**
     * Whether patterns leave an entry out that nobody has looked at, and be it because it can't be looked at; told if so.
     *
     * @param asDirectory take it for a directory, else it must be out whatever it is
     */
    boolean excludesUnseen(
            DirectoryVisit parent,
            FileName name,
            IgnoreRules.@Nullable Exclusion @Nullable [] exclusions,
            boolean asDirectory) {
        if (exclusions == null) {
            return false;
        }
        String pattern = null;
        for (var exclusion : exclusions) {
            if (exclusion == null || (asDirectory ? exclusion.directory() == null : !exclusion.isCertain())) {
                return false;
            }
            pattern = exclusion.directory();
        }
        teller.accept(new CaptureEvent.Excluded(parent.pathOf(name), "pattern " + pattern));
        return true;
    }

    /** The scopes of {@code parent} that take an entry in by its name and size; told if none does. */
    List<Scope> scopes(
            DirectoryVisit parent,
            FileName name,
            FileStatus status,
            IgnoreRules.@Nullable Exclusion @Nullable [] exclusions) {
        var scopes = parent.scopes();
        @Nullable List<Scope> left = null; // once they are not all
        @Nullable String reason = null;
        for (int i = 0; i < scopes.size(); i++) {
            var against = against(scopes.get(i), status, exclusions == null ? null : exclusions[i]);
            if (against != null) {
                reason = against;
                left = left == null ? new ArrayList<>(scopes.subList(0, i)) : left;
            } else if (left != null) {
                left.add(scopes.get(i));
            }
        }
        if (left == null) {
            return scopes;
        }
        if (left.isEmpty()) {
            teller.accept(new CaptureEvent.Excluded(parent.pathOf(name), String.valueOf(reason)));
        }
        return left;
    }

    private static @Nullable String against(Scope scope, FileStatus status, IgnoreRules.@Nullable Exclusion exclusion) {
        boolean isDirectory = status.type() == FileType.DIRECTORY;
        if (status.type() == FileType.REGULAR
                && status.sizeBytes() > scope.source().excludeLargerThanBytes()) {
            return "larger than " + scope.source().excludeLargerThanBytes() + " bytes";
        }
        if (exclusion != null) {
            var pattern = isDirectory ? exclusion.directory() : exclusion.other();
            return pattern == null ? null : "pattern " + pattern;
        }
        return null;
    }

    /** Whether an entry is one that is never captured; told once for each. */
    boolean isOwn(DirectoryVisit parent, FileName name, FileStatus status) {
        for (var own : options.ownPlaces()) {
            boolean same = own.name().isEmpty()
                    ? own.directory().isSameFile(status)
                    : own.name().get().equals(name) && own.directory().isSameFile(parent.status());
            if (same) {
                tell(own, parent.pathOf(name));
                return true;
            }
        }
        return false;
    }

    /** Whether a captured path is one that is never captured; told once. */
    boolean isOwn(FilePath path, FileStatus status) {
        for (var own : options.ownPlaces()) {
            if (own.name().isEmpty() && own.directory().isSameFile(status)) {
                tell(own, path);
                return true;
            }
        }
        return false;
    }

    private void tell(OwnPlace own, FilePath path) {
        if (told.add(own)) {
            teller.accept(new CaptureEvent.OwnPlaceExcluded(path, own.what()));
        }
    }

    /**
     * Why a directory stays out.
     *
     * @param isMount for the file system that is mounted there, so that the folder stays
     */
    record Reason(String text, boolean isMount) {}

    /** Why one scope leaves out a directory that was opened, for where it is or what it holds; null when it doesn't. */
    static @Nullable Reason against(Scope scope, Directory directory, FileStatus status, FileStatus parent)
            throws IOException {
        var source = scope.source();
        if (status.device() != parent.device()) {
            if (source.oneFileSystem() && status.device() != scope.root().device()) {
                return new Reason("another file system", true);
            }
            if (directory.isPseudoFileSystem()) {
                return new Reason("made up by the kernel, not files", true);
            }
        }
        for (var marker : source.excludeIfPresent()) {
            if (has(directory, marker)) {
                return new Reason("holds " + marker.display(), false);
            }
        }
        return source.excludeCaches() && isCache(directory) ? new Reason("tagged as a cache", false) : null;
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
