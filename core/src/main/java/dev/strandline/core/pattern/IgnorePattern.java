package dev.strandline.core.pattern;

import dev.strandline.core.path.ByteText;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a gitignore file (gitignore(5)): {@code !} takes back, a slash before the end anchors, a slash at the end
 * means directories only, {@code *} and {@code ?} stop at slashes, {@code **} does not, {@code [a-z]} is a class,
 * a backslash quotes.
 *
 * @param text as it was written, see {@link ByteText#decode}
 * @param negated whether a match takes the exclusion back
 */
record IgnorePattern(String text, byte[] glob, boolean negated, boolean anchored, boolean directoriesOnly) {

    /**
     * @return null when it is empty or names nothing
     */
    static @Nullable IgnorePattern parse(byte[] line) {
        int start = 0;
        int end = trimmedEnd(line);
        if (start == end) {
            return null;
        }
        boolean negated = line[start] == '!';
        if (negated) {
            start++;
        }
        boolean directoriesOnly = end > start && line[end - 1] == '/';
        if (directoriesOnly) {
            end--;
        }
        byte[] glob = Arrays.copyOfRange(line, start, end);
        boolean anchored = false;
        for (byte b : glob) {
            anchored |= b == '/';
        }
        if (anchored && glob[0] == '/') {
            glob = Arrays.copyOfRange(glob, 1, glob.length);
        }
        return glob.length == 0
                ? null
                : new IgnorePattern(ByteText.decode(line), glob, negated, anchored, directoriesOnly);
    }

    /** Whether nothing stands in a line that counts. */
    static boolean isEmpty(byte[] line) {
        return trimmedEnd(line) == 0;
    }

    /** Spaces at the end don't count unless quoted; nor does the carriage return of a DOS file. */
    private static int trimmedEnd(byte[] line) {
        int end = line.length;
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        while (end > 0 && line[end - 1] == ' ' && !isQuoted(line, end - 1)) {
            end--;
        }
        return end;
    }

    private static boolean isQuoted(byte[] line, int index) {
        int backslashes = 0;
        for (int i = index - 1; i >= 0 && line[i] == '\\'; i--) {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** Why it matches no path at all; empty when it may match one. */
    Optional<String> futility() {
        int start = 0;
        for (int i = 0; i <= glob.length; i++) {
            if (i < glob.length && glob[i] != '/') {
                continue;
            }
            int length = i - start;
            if (length == 0) {
                return Optional.of("no name stands between two of its slashes");
            }
            if (glob[start] == '.' && (length == 1 || (length == 2 && glob[start + 1] == '.'))) {
                return Optional.of("paths have no '.' or '..' in them");
            }
            start = i + 1;
        }
        if (glob[0] == '~' && (glob.length == 1 || glob[1] == '/')) {
            return Optional.of("'~' is not expanded");
        }
        return Glob.isComplete(glob) ? Optional.empty() : Optional.of("a '[' or '\\' in it has no end");
    }

    /** Whether this says something about {@code path}, relative to where the pattern is anchored. */
    boolean matches(byte[] path, boolean isDirectory) {
        if (directoriesOnly && !isDirectory) {
            return false;
        }
        if (anchored) {
            int literal = literalLength();
            return literal <= path.length
                    && Arrays.equals(glob, 0, literal, path, 0, literal)
                    && Glob.matches(glob, literal, path, literal);
        }
        int slash = path.length;
        while (slash > 0 && path[slash - 1] != '/') {
            slash--;
        }
        return Glob.matches(glob, 0, path, slash);
    }

    /**
     * How many bytes from the start stand for themselves. As in git they are compared apart, and what follows is a pattern
     * of its own: that makes {@code /a**} match {@code ab/c}, as if the stars stood alone.
     */
    private int literalLength() {
        int length = 0;
        while (length < glob.length
                && glob[length] != '*'
                && glob[length] != '?'
                && glob[length] != '['
                && glob[length] != '\\') {
            length++;
        }
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IgnorePattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
