package dev.strandline.core.encoding;

/** Bytes as text: two hexadecimal digits each, in lower case only, so that an id has one spelling. */
public final class Hex {
    private Hex() {}

    /** Whether {@code text} is so many digits and nothing else. */
    public static boolean isDigits(String text, int count) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == count;
    }
}
