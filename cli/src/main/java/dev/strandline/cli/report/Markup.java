package dev.strandline.cli.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes elements of a page. What it writes is XML as well as HTML, whatever texts hold: they are escaped here and nowhere
 * else. One thread.
 */
final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn
     */
    Markup begin(String tag, String... attributes) {
        tag(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup end() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Ends it and begins a line. */
    Markup endLine() {
        end();
        out.append('\n');
        return this;
    }

    /** An element that holds a text and nothing else. */
    Markup element(String tag, String text, String... attributes) {
        return begin(tag, attributes).text(text).end();
    }

    /** An element that holds nothing, of a kind that HTML knows to be empty or that is of SVG. */
    Markup empty(String tag, String... attributes) {
        tag(tag, attributes);
        out.append("/>");
        return this;
    }

    private void tag(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** A text of this program that has no characters which mean something, such as a style sheet. */
    Markup verbatim(String text) {
        if (text.indexOf('<') >= 0 || text.indexOf('&') >= 0) {
            throw new IllegalArgumentException("this would have to be escaped");
        }
        out.append(text);
        return this;
    }

    private void escape(String text) {
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isCharacter(codePoint) ? codePoint : 0xFFFD);
            }
        });
    }

    /** What XML allows. */
    private static boolean isCharacter(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || (codePoint >= ' ' && codePoint < 0xD800)
                || (codePoint >= 0xE000 && codePoint < 0xFFFE)
                || codePoint >= 0x10000;
    }

    /** All of it, when every element has ended. */
    String whole() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not ended: " + open);
        }
        return out.toString();
    }
}
