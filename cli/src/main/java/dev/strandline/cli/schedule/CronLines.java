package dev.strandline.cli.schedule;

import dev.strandline.core.repository.RefusedException;
import java.util.List;
import java.util.regex.Pattern;

/** The text that makes cron run a job, see {@code crontab(5)}. */
final class CronLines {
    /** Commands of the configuration get the folders that an administrator's shell has. */
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** cron reads no longer lines, and runs what it has read of them. */
    private static final int MAX_LINE = 990;

    private static final Pattern PLAIN = Pattern.compile("[\\w./:@,+-]+");

    private CronLines() {}

    /** A file for {@code /etc/cron.d}, where lines name the user, and variables count for this file alone. */
    static String systemFile(Job job) throws RefusedException {
        return checked("# This was " + Marker.phrase(job.override())
                + "; 'strandline schedule remove' removes it.\n"
                + "# It is silent unless something is wrong, so mail from it means trouble.\n"
                + "SHELL=/bin/sh\n"
                + "PATH=" + PATH + "\n"
                + "STRANDLINE_CONFIG=" + value(job.configuration()) + "\n"
                + "STRANDLINE_CACHE_DIR=" + value(job.cacheFolder()) + "\n"
                + Interval.cron(job.interval()) + " " + job.user() + " "
                + command(quoted(job.launcher()) + " " + job.arguments()) + "\n");
    }

    /** Lines for a user's crontab, where a variable on a line of its own would count for all lines that follow. */
    static String block(Job job) throws RefusedException {
        return checked(CrontabBlock.BEGIN + ": " + Marker.phrase(job.override())
                + "; 'strandline schedule remove' removes it\n"
                + Interval.cron(job.interval()) + " "
                + command("PATH=" + PATH
                        + " STRANDLINE_CONFIG=" + quoted(job.configuration())
                        + " STRANDLINE_CACHE_DIR=" + quoted(job.cacheFolder())
                        + " " + quoted(job.launcher()) + " " + job.arguments())
                + "\n"
                + CrontabBlock.END + "\n");
    }

    /** cron makes line breaks of percent signs, also of quoted ones. */
    private static String command(String line) {
        return line.replace("%", "\\%");
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A variable's value; cron knows quotes here, and nothing else. */
    private static String value(String text) throws RefusedException {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        for (var quote : List.of("\"", "'")) {
            if (!text.contains(quote)) {
                return quote + text + quote;
            }
        }
        throw new RefusedException(
                "a path with both kinds of quotes can't stand in a crontab",
                "Rename the folder that the configuration or the cache is in.");
    }

    private static String checked(String text) throws RefusedException {
        if (text.lines().anyMatch(line -> line.length() > MAX_LINE)) {
            throw new RefusedException(
                    "a line for cron would have more than " + MAX_LINE + " characters",
                    "Put the program, the configuration or the cache where their paths are shorter.");
        }
        return text;
    }
}
