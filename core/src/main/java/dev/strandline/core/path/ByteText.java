package dev.strandline.core.path;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Conversions between the bytes of a name and text. {@link #decode} and {@link #encode} are inverse to each other for
 * every byte sequence: a byte that is not part of valid UTF-8 becomes the lone surrogate {@code U+DC00 + byte}, as in
 * Python's PEP 383, so that command line arguments survive a round trip through {@code String}.
 */
public final class ByteText {
    private static final char ESCAPE_BASE = 0xDC00;

    private ByteText() {}

    /** Printable ASCII without the backslash, as most names are: told without further ado. */
    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < ' ' || b == 0x7F || b == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The text of {@code bytes}; never fails, and {@link #encode} gives the same bytes back. */
    public static String decode(byte[] bytes) {
        if (isPlain(bytes)) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        var out = new StringBuilder(bytes.length);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes);
        var chars = CharBuffer.allocate(Math.max(1, bytes.length));
        while (in.hasRemaining()) {
            var result = decoder.decode(in, chars, true);
            out.append(chars.flip());
            chars.clear();
            if (!result.isError()) {
                break;
            }
            for (int i = 0; i < result.length(); i++) {
                out.append((char) (ESCAPE_BASE + (in.get() & 0xFF)));
            }
            decoder.reset();
        }
        return out.toString();
    }

    /** The bytes of {@code text}; inverse of {@link #decode}. */
    public static byte[] encode(String text) {
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        var out = new java.io.ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint >= ESCAPE_BASE + 0x80 && codePoint <= ESCAPE_BASE + 0xFF) {
                out.write(codePoint - ESCAPE_BASE);
            } else {
                out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The text of {@code bytes} when they are valid UTF-8, else empty. */
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** Text that is safe on a terminal: control characters and bytes that are not UTF-8 appear as {@code \x1b}. */
    public static String display(byte[] bytes) {
        if (isPlain(bytes)) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        String text = decode(bytes);
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> appendDisplay(out, codePoint));
        return out.toString();
    }

    private static void appendDisplay(StringBuilder out, int codePoint) {
        if (codePoint >= ESCAPE_BASE + 0x80 && codePoint <= ESCAPE_BASE + 0xFF) {
            out.append("\\x%02x".formatted(codePoint - ESCAPE_BASE));
        } else if (codePoint == '\\') {
            out.append("\\\\");
        } else if (unsafeOnTerminal(codePoint)) {
            out.append(codePoint < 0x100 ? "\\x%02x".formatted(codePoint) : "\\u{%x}".formatted(codePoint));
        } else {
            out.appendCodePoint(codePoint);
        }
    }

    /** The same for text that others may have written: it must not steer this terminal. */
    public static String display(String text) {
        return display(encode(text));
    }

    /** A line of a file's content that is safe on a terminal: as {@link #display}, but tabs and backslashes stay. */
    public static String printable(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (codePoint == '\t' || codePoint == '\\') {
                out.appendCodePoint(codePoint);
            } else {
                appendDisplay(out, codePoint);
            }
        });
        return out.toString();
    }

    private static boolean unsafeOnTerminal(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
