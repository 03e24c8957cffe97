package dev.strandline.cli.schedule;

import dev.strandline.core.repository.RefusedException;
import java.util.Optional;

/** Our lines in a user's crontab, between two marked ones. All others stay byte for byte as they are. */
final class CrontabBlock {
    static final String BEGIN = "# BEGIN strandline";
    static final String END = "# END strandline";

    private CrontabBlock() {}

    private record Span(int start, int end) {}

    /** Both marked lines and what is between them. */
    static Optional<String> find(String crontab) throws RefusedException {
        return span(crontab).map(span -> crontab.substring(span.start, span.end));
    }

    /** The crontab with this block in the place of the one before, or at the end. */
    static String with(String crontab, String block) throws RefusedException {
        var span = span(crontab);
        if (span.isPresent()) {
            return crontab.substring(0, span.get().start) + block + crontab.substring(span.get().end);
        }
        return crontab + (crontab.isEmpty() || crontab.endsWith("\n") ? "" : "\n") + block;
    }

    static String without(String crontab) throws RefusedException {
        var span = span(crontab);
        return span.isEmpty() ? crontab : crontab.substring(0, span.get().start) + crontab.substring(span.get().end);
    }

    private static Optional<Span> span(String crontab) throws RefusedException {
        int start = lineStart(crontab, BEGIN, 0);
        if (start < 0) {
            return Optional.empty();
        }
        int last = lineStart(crontab, END, start);
        int again = lineStart(crontab, BEGIN, start + 1);
        if (last < 0 || (again >= 0 && again < last)) {
            throw new RefusedException(
                    "the crontab has a line '" + BEGIN + "' without its '" + END + "'",
                    "Run 'crontab -e' and remove our lines, of which one is lost.");
        }
        int end = crontab.indexOf('\n', last);
        return Optional.of(new Span(start, end < 0 ? crontab.length() : end + 1));
    }

    /** Where the first line from {@code from} on begins that begins with {@code mark}; -1 for none. */
    private static int lineStart(String text, String mark, int from) {
        int at = text.indexOf(mark, from);
        while (at > 0 && text.charAt(at - 1) != '\n') {
            at = text.indexOf(mark, at + 1);
        }
        return at;
    }
}
