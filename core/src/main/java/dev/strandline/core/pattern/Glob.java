package dev.strandline.core.pattern;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Shell patterns with {@code **}, on bytes, step by step as git's wildmatch.c with WM_PATHNAME has them. Its way of giving
 * up early is kept too: without it, several stars cost time exponential in their number.
 */
final class Glob {
    /** Each star takes a frame of the stack; a pattern with more of them matches nothing. */
    private static final int MAX_STARS = 512;

    /** How a match ended; those that give up say which stars further left need not try again. */
    private enum Result {
        MATCH,
        MISMATCH,
        /** No star can help: the text ended first. */
        ABORT_ALL,
        /** Only a {@code **} can help: a slash is in the way. */
        ABORT_TO_STARSTAR
    }

    private final byte[] glob;
    private final int globStart;
    private final byte[] text;

    private Glob(byte[] glob, int globStart, byte[] text) {
        this.glob = glob;
        this.globStart = globStart;
        this.text = text;
    }

    /** Whether {@code glob} from {@code globStart} on matches all of {@code text} from {@code textStart} on. */
    static boolean matches(byte[] glob, int globStart, byte[] text, int textStart) {
        return new Glob(glob, globStart, text).match(globStart, textStart, 0) == Result.MATCH;
    }

    /** Whether each class is closed and each backslash has something to quote; else there is nothing that matches. */
    static boolean isComplete(byte[] glob) {
        int g = 0;
        while (g < glob.length) {
            if (glob[g] == '\\') {
                g += 2;
            } else if (glob[g] == '[') {
                g = endOfClass(glob, g);
            } else {
                g++;
            }
        }
        return g == glob.length;
    }

    /** The position after a class; beyond the pattern's end when it is not closed. */
    private static int endOfClass(byte[] glob, int open) {
        int g = open + 1;
        if (g < glob.length && (glob[g] == '!' || glob[g] == '^')) {
            g++;
        }
        for (boolean first = true; g < glob.length && (first || glob[g] != ']'); first = false) {
            if (glob[g] == '[' && g + 1 < glob.length && glob[g + 1] == ':') {
                int close = closingOfNamedClass(glob, g + 2);
                g = close > 0 ? close + 2 : g + 1;
            } else {
                g += glob[g] == '\\' ? 2 : 1;
            }
        }
        return g + 1;
    }

    private Result match(int globFrom, int textFrom, int stars) {
        int g = globFrom;
        int t = textFrom;
        while (g < glob.length) {
            byte c = glob[g];
            if (c == '*') {
                return stars < MAX_STARS ? matchStar(g, t, stars + 1) : Result.ABORT_ALL;
            }
            if (t == text.length) {
                return Result.ABORT_ALL;
            }
            if (c == '?') {
                if (text[t] == '/') {
                    return Result.MISMATCH;
                }
                g++;
            } else if (c == '[') {
                int end = matchClass(g, text[t]);
                if (end < 0 || text[t] == '/') {
                    return Result.MISMATCH;
                }
                g = end;
            } else {
                if (c == '\\') {
                    if (++g == glob.length) {
                        return Result.MISMATCH;
                    }
                    c = glob[g];
                }
                if (c != text[t]) {
                    return Result.MISMATCH;
                }
                g++;
            }
            t++;
        }
        return t == text.length ? Result.MATCH : Result.MISMATCH;
    }

    private Result matchStar(int star, int textStart, int stars) {
        int g = star;
        while (g < glob.length && glob[g] == '*') {
            g++;
        }
        boolean crossesSlashes = g - star >= 2 && isComponent(star, g);
        if (crossesSlashes && g < glob.length && glob[g] == '/' && match(g + 1, textStart, stars) == Result.MATCH) {
            // "**/" also stands for nothing at all.
            return Result.MATCH;
        }
        if (g == glob.length) {
            return crossesSlashes || !hasSlash(textStart) ? Result.MATCH : Result.ABORT_TO_STARSTAR;
        }
        for (int t = textStart; t < text.length; t++) {
            var result = match(g, t, stars);
            if (result != Result.MISMATCH) {
                if (!crossesSlashes || result != Result.ABORT_TO_STARSTAR) {
                    return result;
                }
            } else if (!crossesSlashes && text[t] == '/') {
                return Result.ABORT_TO_STARSTAR;
            }
        }
        return Result.ABORT_ALL;
    }

    /** Whether the stars stand alone between slashes, the second of which may be quoted, or the ends of the pattern. */
    private boolean isComponent(int start, int end) {
        return (start == globStart || glob[start - 1] == '/')
                && (end == glob.length
                        || glob[end] == '/'
                        || (glob[end] == '\\' && end + 1 < glob.length && glob[end + 1] == '/'));
    }

    private boolean hasSlash(int textStart) {
        for (int t = textStart; t < text.length; t++) {
            if (text[t] == '/') {
                return true;
            }
        }
        return false;
    }

    /** The position after the class when it matches {@code c}, -1 when it doesn't or is not closed. */
    private int matchClass(int open, byte c) {
        int value = c & 0xFF;
        int g = open + 1;
        boolean negated = g < glob.length && (glob[g] == '!' || glob[g] == '^');
        if (negated) {
            g++;
        }
        boolean matched = false;
        for (boolean first = true; g < glob.length && (first || glob[g] != ']'); first = false) {
            if (glob[g] == '[' && g + 1 < glob.length && glob[g + 1] == ':') {
                int close = closingOfNamedClass(glob, g + 2);
                if (close > 0) {
                    String name = new String(glob, g + 2, close - g - 2, StandardCharsets.ISO_8859_1);
                    Boolean inClass = inNamedClass(name, value);
                    if (inClass == null) {
                        return -1;
                    }
                    matched |= inClass;
                    g = close + 2;
                    continue;
                }
            }
            if (glob[g] == '\\' && ++g == glob.length) {
                return -1;
            }
            int low = glob[g++] & 0xFF;
            int high = low;
            if (g + 1 < glob.length && glob[g] == '-' && glob[g + 1] != ']') {
                g++;
                if (glob[g] == '\\' && ++g == glob.length) {
                    return -1;
                }
                high = glob[g++] & 0xFF;
            }
            // A range that runs backwards still holds its start, as in git.
            matched |= value == low || (low <= value && value <= high);
        }
        if (g >= glob.length) {
            return -1;
        }
        return matched != negated ? g + 1 : -1;
    }

    private static int closingOfNamedClass(byte[] glob, int start) {
        for (int i = start; i + 1 < glob.length && glob[i] != ']'; i++) {
            if (glob[i] == ':' && glob[i + 1] == ']') {
                return i;
            }
        }
        return -1;
    }

    /** POSIX classes in the C locale; null when there is none of that name. */
    private static @Nullable Boolean inNamedClass(String name, int c) {
        boolean digit = c >= '0' && c <= '9';
        boolean lower = c >= 'a' && c <= 'z';
        boolean upper = c >= 'A' && c <= 'Z';
        return switch (name) {
            case "digit" -> digit;
            case "lower" -> lower;
            case "upper" -> upper;
            case "alpha" -> lower || upper;
            case "alnum" -> digit || lower || upper;
            case "xdigit" -> digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            case "blank" -> c == ' ' || c == '\t';
            case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
            case "cntrl" -> c < 0x20 || c == 0x7F;
            case "graph" -> c > 0x20 && c < 0x7F;
            case "print" -> c >= 0x20 && c < 0x7F;
            case "punct" -> c > 0x20 && c < 0x7F && !digit && !lower && !upper;
            default -> null;
        };
    }
}
