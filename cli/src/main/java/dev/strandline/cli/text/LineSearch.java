package dev.strandline.cli.text;

import dev.strandline.core.path.ByteText;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks for a pattern in the lines of what is written to it; memory is one line and what was found. One use, one thread. */
public final class LineSearch extends OutputStream {
    /** A longer line is looked at in pieces of this size. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    /** Of one file; nobody reads more. */
    public static final int MAX_HITS = 10_000;

    /** Of one line. */
    private static final int MAX_TEXT = 4096;

    private final Pattern pattern;
    private final int maximumHits;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<Hit> hits = new ArrayList<>();
    private int number;
    private long writtenBytes;
    private boolean isBinary;
    private boolean isTooLong;

    /** @param maximumHits after which the rest is passed over, at most {@value #MAX_HITS} */
    public LineSearch(Pattern pattern, int maximumHits) {
        this.pattern = pattern;
        this.maximumHits = maximumHits;
    }

    /** @param number of the line, from 1 */
    public record Hit(int number, String text) {}

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && !isBinary; i++) {
            if (writtenBytes++ < FileText.PROBED_BYTES && bytes[i] == 0) {
                isBinary = true;
                hits.clear();
            } else if (bytes[i] == '\n') {
                endLine();
                number++;
            } else {
                if (line.size() == MAX_LINE_BYTES) {
                    endLine();
                }
                line.write(bytes[i]);
            }
        }
    }

    private void endLine() {
        String text = ByteText.decode(line.toByteArray());
        line.reset();
        boolean isSameLine = !hits.isEmpty() && hits.getLast().number == number + 1;
        if (isSameLine || hits.size() == maximumHits || !isFound(text)) {
            return;
        }
        hits.add(new Hit(number + 1, text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT)));
    }

    private boolean isFound(String text) {
        try {
            return pattern.matcher(text).find();
        } catch (StackOverflowError _) {
            // Java's expressions recurse for some patterns, once for each character.
            isTooLong = true;
            return false;
        }
    }

    /** Whether a line was too long for the pattern. */
    public boolean isTooLong() {
        return isTooLong;
    }

    /** The lines that have it, once all is written; none for what is no text. */
    public List<Hit> hits() {
        if (!isBinary && line.size() > 0) {
            endLine();
        }
        return List.copyOf(hits);
    }
}
