package dev.strandline.cli.options;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What standard input is called where a file can be named. */
final class StandardInput {
    /** Of lists. */
    static final String NAME = "-";

    private static final List<String> PATHS = List.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    private StandardInput() {}

    static boolean isNamedBy(@Nullable String path) {
        return path != null && PATHS.contains(path);
    }
}
