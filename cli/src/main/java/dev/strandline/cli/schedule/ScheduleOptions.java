package dev.strandline.cli.schedule;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.Syntax;
import dev.strandline.core.path.ByteText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which scheduler, and where it looks. */
public final class ScheduleOptions implements Syntax.Shared {
    private static final Path SYSTEM_CRON = Path.of("/etc/cron.d/strandline");
    private static final Path SYSTEM_UNITS = Path.of("/etc/systemd/system");

    /** cron passes over files with other names, without a word. */
    private static final String CRON_NAME = "[A-Za-z0-9_-]+";

    private boolean cron;
    private boolean systemd;
    private @Nullable String cronFile;
    private @Nullable String unitFolder;

    @Override
    public void declare(Syntax syntax) {
        syntax.flag("--cron", "By cron.", value -> cron = value)
                .flag("--systemd", "By a timer of systemd's.", value -> systemd = value)
                .text(
                        "--cron-file",
                        "FILE",
                        "By cron, with its line in this file; default: /etc/cron.d/strandline, for users their crontab.",
                        value -> cronFile = value)
                .text(
                        "--unit-folder",
                        "DIR",
                        "By systemd, with the units in this folder, which it is not told about.",
                        value -> unitFolder = value);
    }

    /** What was asked for; empty when it is left to us. */
    public Optional<Scheduler> scheduler() {
        boolean wantsCron = cron || cronFile != null;
        boolean wantsSystemd = systemd || unitFolder != null;
        if (wantsCron && wantsSystemd) {
            throw new UsageException("cron and systemd exclude each other: with both, every snapshot would run twice");
        }
        return wantsCron
                ? Optional.of(Scheduler.CRON)
                : wantsSystemd ? Optional.of(Scheduler.SYSTEMD) : Optional.empty();
    }

    /** Whether the places are not the usual ones. */
    public boolean isElsewhere() {
        return cronFile != null || unitFolder != null;
    }

    public Places places(Context context) {
        boolean root = context.host().effectiveUserId() == 0;
        Place cronPlace = cronFile != null
                ? new OwnFile(cronFile(path(context, cronFile)))
                : root ? new OwnFile(SYSTEM_CRON) : new UserCrontab(userName());
        var units = unitFolder != null ? path(context, unitFolder) : root ? SYSTEM_UNITS : userUnits(context);
        return new Places(cronPlace, units, root, unitFolder == null);
    }

    /** An interval from the command line. */
    public static Duration interval(String text) {
        return Interval.parse(text)
                .orElseThrow(
                        () -> new UsageException(
                                "nothing can be scheduled for each '" + text
                                        + "': choose minutes that divide an hour, such as 15m, or hours that divide a day, such as 6h"));
    }

    /** Whom this process, and what it schedules, belongs to. */
    static String userName() {
        return System.getProperty("user.name", "root");
    }

    private static Path cronFile(Path path) {
        boolean read = path.getParent() != null && path.getParent().endsWith("cron.d");
        if (read && !path.getFileName().toString().matches(CRON_NAME)) {
            throw new UsageException("cron reads no file named '" + path.getFileName()
                    + "': only letters, digits, underscores and hyphens may be in it");
        }
        return path;
    }

    private static Path userUnits(Context context) {
        return context.variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(
                        context.variable("HOME").orElseGet(() -> System.getProperty("user.home", "/")), ".config"))
                .resolve("systemd/user");
    }

    private static Path path(Context context, String text) {
        try {
            return Path.of(ByteText.decode(context.absolute(text).toBytes()));
        } catch (InvalidPathException e) {
            throw new UsageException("'" + text + "' can't name a file here: " + e.getReason());
        }
    }
}
