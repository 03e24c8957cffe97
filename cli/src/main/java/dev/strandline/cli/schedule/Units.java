package dev.strandline.cli.schedule;

import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.RefusedException;
import java.util.List;

/** The text of the units that make systemd run a job, see {@code systemd.service(5)} and {@code systemd.timer(5)}. */
final class Units {
    static final String SERVICE = "strandline.service";
    static final String TIMER = "strandline.timer";

    private Units() {}

    /** @param ofSystem false for a user's own service manager */
    static String service(Job job, boolean ofSystem) throws RefusedException {
        return head(job)
                + """
                [Unit]
                Description=Strandline: snapshot of this host

                [Service]
                Type=oneshot
                ExecStart=%s %s
                Environment=%s
                Environment=%s
                Nice=10
                IOSchedulingClass=best-effort
                IOSchedulingPriority=7
                UMask=0077
                """.formatted(
                                word(job.launcher()),
                                job.arguments(),
                                word("STRANDLINE_CONFIG=" + job.configuration()),
                                word("STRANDLINE_CACHE_DIR=" + job.cacheFolder()))
                + "\n"
                + String.join("\n", ofSystem ? hardening(job) : Hardening.ofUsers(job.reach()))
                + "\n";
    }

    static String timer(Job job) {
        return head(job) + """
                [Unit]
                Description=Strandline: snapshot of this host every %s

                [Timer]
                OnCalendar=%s
                AccuracySec=15s
                Persistent=true

                [Install]
                WantedBy=timers.target
                """.formatted(Interval.text(job.interval()), Interval.calendar(job.interval()));
    }

    private static String head(Job job) {
        return "# This was " + Marker.phrase(job.override()) + "; 'strandline schedule remove' removes it.\n";
    }

    private static List<String> hardening(Job job) throws RefusedException {
        var written = new StringBuilder();
        for (var path : job.reach().written()) {
            // One that is missing is the program's to report; systemd would only say that it can't set up a namespace.
            written.append(' ').append(word("-" + ByteText.decode(path.toBytes())));
        }
        return Hardening.ofSystem(
                job.reach(),
                "ExecStartPre=+-/bin/mkdir -p " + word(job.cacheFolder()),
                "ReadWritePaths=" + written.substring(1));
    }

    /** A word as all settings that are used here read it: percent signs are doubled, and blanks need quotes. */
    static String word(String text) throws RefusedException {
        if (text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\'' || c == '\\' || c == '$')) {
            throw new RefusedException(
                    "'" + ByteText.display(text)
                            + "' has a character that a unit can't hold everywhere: a quote, \\ or $",
                    "Rename the folder, or use 'schedule install --cron'.");
        }
        String escaped = text.replace("%", "%%");
        return escaped.contains(" ") ? "\"" + escaped + "\"" : escaped;
    }
}
