package dev.strandline.cli.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line that tells which text was written by us and may be replaced and removed. It also keeps an interval that was
 * given on the command line, so that text which differs from the configuration on purpose is not taken for damaged.
 */
final class Marker {
    private static final String COMMAND = "written by 'strandline schedule install";
    private static final Pattern LINE = Pattern.compile("^#.*" + COMMAND + "(?: --every (\\w+))?'", Pattern.MULTILINE);

    private Marker() {}

    /** @param override of the configured interval */
    static String phrase(Optional<Duration> override) {
        return COMMAND
                + override.map(every -> " --every " + Interval.text(every)).orElse("") + "'";
    }

    static boolean isIn(String text) {
        return LINE.matcher(text).find();
    }

    /** The interval that the text was written with in place of the configured one. */
    static Optional<Duration> override(String text) {
        var matcher = LINE.matcher(text);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)).flatMap(Interval::parse) : Optional.empty();
    }
}
