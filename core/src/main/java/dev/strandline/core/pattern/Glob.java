package dev.strandline.core.pattern;

/** Shell patterns with {@code **}, on bytes, as git's wildmatch with WM_PATHNAME has them. */
final class Glob {
    /** Each star may restart the match once per byte; deeper nesting of stars than this matches nothing. */
    private static final int MAX_STARS = 64;

    private Glob() {}

    static boolean matches(byte[] glob, int globStart, byte[] text, int textStart) {
        return matches(glob, globStart, text, textStart, 0);
    }

    private static boolean matches(byte[] glob, int globStart, byte[] text, int textStart, int stars) {
        int g = globStart;
        int t = textStart;
        while (g < glob.length) {
            byte c = glob[g];
            if (c == '*') {
                return stars < MAX_STARS && matchesStar(glob, g, text, t, stars + 1);
            }
            if (t == text.length) {
                return false;
            }
            if (c == '?') {
                if (text[t] == '/') {
                    return false;
                }
                g++;
            } else if (c == '[') {
                int end = matchClass(glob, g, text[t]);
                if (end < 0 || text[t] == '/') {
                    return false;
                }
                g = end;
            } else {
                if (c == '\\') {
                    if (++g == glob.length) {
                        return false;
                    }
                    c = glob[g];
                }
                if (c != text[t]) {
                    return false;
                }
                g++;
            }
            t++;
        }
        return t == text.length;
    }

    private static boolean matchesStar(byte[] glob, int star, byte[] text, int textStart, int stars) {
        int g = star;
        while (g < glob.length && glob[g] == '*') {
            g++;
        }
        boolean alone = (star == 0 || glob[star - 1] == '/') && (g == glob.length || glob[g] == '/');
        boolean crossesSlashes = g - star >= 2 && alone;
        if (crossesSlashes && g < glob.length) {
            // "**/" also stands for nothing at all.
            if (matches(glob, g + 1, text, textStart, stars)) {
                return true;
            }
        }
        if (g == glob.length) {
            if (crossesSlashes) {
                return textStart < text.length;
            }
            for (int t = textStart; t < text.length; t++) {
                if (text[t] == '/') {
                    return false;
                }
            }
            return true;
        }
        for (int t = textStart; t <= text.length; t++) {
            if (matches(glob, g, text, t, stars)) {
                return true;
            }
            if (t < text.length && text[t] == '/' && !crossesSlashes) {
                return false;
            }
        }
        return false;
    }

    /** The position after the class when it matches {@code c}, -1 when it doesn't or is not closed. */
    private static int matchClass(byte[] glob, int open, byte c) {
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
                    String name = new String(glob, g + 2, close - g - 2, java.nio.charset.StandardCharsets.ISO_8859_1);
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
            matched |= low <= value && value <= high;
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
    private static @org.jspecify.annotations.Nullable Boolean inNamedClass(String name, int c) {
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
