package dev.strandline.core.pattern;

import dev.strandline.core.path.ByteText;
import java.util.Arrays;

/**
 * One line of a gitignore file (gitignore(5)): {@code !} takes back, a slash before the end anchors, a slash at the end
 * means directories only, {@code *} and {@code ?} stop at slashes, {@code **} does not, {@code [a-z]} is a class,
 * a backslash quotes.
 *
 * @param text as it was written, for messages
 * @param negated whether a match takes the exclusion back
 */
record IgnorePattern(String text, byte[] glob, boolean negated, boolean anchored, boolean directoriesOnly) {

    /**
     * @return null for an empty line or a comment
     */
    static @org.jspecify.annotations.Nullable IgnorePattern parse(byte[] line) {
        int start = 0;
        int end = trimmedEnd(line);
        if (start == end || line[start] == '#') {
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
                : new IgnorePattern(ByteText.display(line), glob, negated, anchored, directoriesOnly);
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
