package dev.strandline.core.pattern;

import dev.strandline.core.path.ByteText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list of ignore patterns; the last that matches a path decides. A path below an excluded directory is never asked
 * about, so, as in git, it can't be taken back in. Immutable.
 */
public final class IgnoreRules {
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = patterns;
    }

    /** Patterns in gitignore's syntax, of which none is a comment; empty ones are dropped. */
    public static IgnoreRules of(List<String> patterns) {
        return new IgnoreRules(patterns.stream()
                .map(line -> IgnorePattern.parse(ByteText.encode(line)))
                .filter(Objects::nonNull)
                .toList());
    }

    /** Why a pattern can match nothing; empty when it may match something. */
    public static Optional<String> futility(String pattern) {
        var parsed = IgnorePattern.parse(ByteText.encode(pattern));
        return parsed == null ? Optional.of("it names nothing") : parsed.futility();
    }

    /** The patterns of a gitignore file. */
    public static IgnoreRules ofFile(byte[] content) {
        return of(lines(content));
    }

    /** The lines of a gitignore file but empty ones and comments, which begin with {@code #}. */
    public static List<String> lines(byte[] content) {
        var lines = new ArrayList<String>();
        int start = startsWithByteOrderMark(content) ? BYTE_ORDER_MARK.length : 0;
        for (int i = start; i <= content.length; i++) {
            if (i == content.length || content[i] == '\n') {
                byte[] line = Arrays.copyOfRange(content, start, i);
                if (!IgnorePattern.isEmpty(line) && line[0] != '#') {
                    lines.add(ByteText.decode(line));
                }
                start = i + 1;
            }
        }
        return lines;
    }

    private static boolean startsWithByteOrderMark(byte[] content) {
        return content.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(content, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** These rules and then {@code later}, which win. */
    public IgnoreRules and(IgnoreRules later) {
        if (patterns.isEmpty()) {
            return later;
        }
        var all = new ArrayList<>(patterns);
        all.addAll(later.patterns);
        return new IgnoreRules(List.copyOf(all));
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** The patterns as they were written, but for bytes that are not UTF-8. */
    public List<String> texts() {
        return patterns.stream()
                .map(pattern -> ByteText.utf8(ByteText.encode(pattern.text()))
                        .orElseGet(() -> ByteText.display(pattern.text())))
                .toList();
    }

    /**
     * The pattern that excludes a path, safe to print, or empty when it stays in.
     *
     * @param path relative to where the patterns are anchored, without a slash at either end
     */
    public Optional<String> exclusion(byte[] path, boolean isDirectory) {
        return exclusion(List.of(path)).of(isDirectory);
    }

    /**
     * What the patterns say of an entry, before anybody has looked whether it is a directory.
     *
     * @param directory the pattern that excludes it if it is one; null for none
     * @param other the pattern that excludes it if it is anything else; null for none
     */
    public record Exclusion(
            @Nullable String directory, @Nullable String other) {
        private static final Exclusion NONE = new Exclusion(null, null);

        public Optional<String> of(boolean isDirectory) {
            return Optional.ofNullable(isDirectory ? directory : other);
        }

        /** Whether it is out whatever it is. */
        public boolean isCertain() {
            return directory != null && other != null;
        }
    }

    /** What the patterns say of an entry whose path is spelled in several ways: each pattern is tried on all of them. */
    public Exclusion exclusion(List<byte[]> spellings) {
        @Nullable IgnorePattern ofDirectory = null;
        for (int i = patterns.size() - 1; i >= 0; i--) {
            var pattern = patterns.get(i);
            if ((ofDirectory == null || !pattern.directoriesOnly()) && matchesAny(pattern, spellings)) {
                if (ofDirectory == null) {
                    ofDirectory = pattern;
                }
                if (!pattern.directoriesOnly()) {
                    return new Exclusion(excluding(ofDirectory), excluding(pattern));
                }
            }
        }
        return ofDirectory == null ? Exclusion.NONE : new Exclusion(excluding(ofDirectory), null);
    }

    private static boolean matchesAny(IgnorePattern pattern, List<byte[]> spellings) {
        for (byte[] path : spellings) {
            if (pattern.matches(path, true)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String excluding(IgnorePattern pattern) {
        return pattern.negated() ? null : ByteText.display(pattern.text());
    }
}
