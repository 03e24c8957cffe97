package dev.strandline.cli.text;

import dev.strandline.core.path.ByteText;
import java.util.ArrayList;
import java.util.List;

/** What stands in a file, as far as it can be told line by line. */
public sealed interface FileText {
    /** A file with a NUL byte within so many bytes is no text, as git has it. */
    int PROBED_BYTES = 8000;

    /** Nobody reads the lines of a larger file. */
    int MAX_BYTES = 8 << 20;

    FileText NOTHING = new Lines(List.of());

    /** Each line with its end, which only the last may lack; bytes that are not UTF-8 as in {@link ByteText}. */
    record Lines(List<String> lines) implements FileText {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** No text, or too large to be taken for one. */
    record Binary(long bytes) implements FileText {}

    static FileText of(byte[] content) {
        for (int i = 0; i < Math.min(content.length, PROBED_BYTES); i++) {
            if (content[i] == 0) {
                return new Binary(content.length);
            }
        }
        String text = ByteText.decode(content);
        var lines = new ArrayList<String>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end + 1));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return new Lines(lines);
    }
}
