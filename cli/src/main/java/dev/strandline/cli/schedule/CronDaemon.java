package dev.strandline.cli.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The process that runs crontabs. */
public final class CronDaemon {
    /** Of Debian's cron, of cronie and busybox, and of fcron. */
    private static final Set<String> NAMES = Set.of("cron", "crond", "fcron");

    private final Path processes;

    /** @param processes usually {@code /proc} */
    public CronDaemon(Path processes) {
        this.processes = processes;
    }

    public boolean isRunning() throws IOException {
        try (var folders = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (var folder : folders) {
                if (NAMES.contains(name(folder))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Empty for a process that has just ended. */
    private static String name(Path folder) {
        try {
            return Files.readString(folder.resolve("comm")).strip();
        } catch (IOException _) {
            return "";
        }
    }
}
