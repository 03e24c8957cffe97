package dev.strandline.cli.options;

import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What patterns say of paths that were named one by one, as a walk from above them would have asked. */
final class NamedPathRules {
    private final IgnoreRules rules;
    private final HostFileSystem host;

    NamedPathRules(IgnoreRules rules, HostFileSystem host) {
        this.rules = rules;
        this.host = host;
    }

    /**
     * The pattern that leaves out a path or a folder that it is in. Folders above a relative path, which nobody wrote, are
     * not asked about.
     *
     * @param written as the user has it
     * @param path the same, absolute
     */
    Optional<String> exclusion(FilePath written, FilePath path) {
        if (rules.isEmpty() || path.depth() == 0) {
            return Optional.empty();
        }
        byte[] absolute = path.toBytes();
        boolean isBelowWorkingDirectory = !written.isAbsolute() && !written.hasParents();
        int unasked = isBelowWorkingDirectory ? path.depth() - written.depth() : 0;
        int relativeStart = 1;
        int depth = 0;
        for (int end = 1; end <= absolute.length; end++) {
            if (end < absolute.length && absolute[end] != '/') {
                continue;
            }
            depth++;
            if (depth <= unasked) {
                relativeStart = end + 1;
                continue;
            }
            var spellings =
                    List.of(Arrays.copyOfRange(absolute, 1, end), Arrays.copyOfRange(absolute, relativeStart, end));
            var pattern = end < absolute.length ? rules.exclusion(spellings).of(true) : exclusionOf(path, spellings);
            if (pattern.isPresent()) {
                return pattern;
            }
        }
        return Optional.empty();
    }

    /** The disk is asked only where it matters. */
    private Optional<String> exclusionOf(FilePath path, List<byte[]> spellings) {
        var exclusion = rules.exclusion(spellings);
        var asFile = exclusion.of(false);
        return asFile.equals(exclusion.of(true)) || !isDirectory(path) ? asFile : exclusion.of(true);
    }

    private boolean isDirectory(FilePath path) {
        try {
            return host.linkTarget(path).isEmpty() && host.status(path).type() == FileType.DIRECTORY;
        } catch (IOException _) {
            // The capture reports it.
            return false;
        }
    }
}
