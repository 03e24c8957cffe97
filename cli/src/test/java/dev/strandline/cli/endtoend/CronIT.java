package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The line that is installed, run by a cron and as cron would. */
final class CronIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void configure() throws IOException {
        place.initialized();
        place.file("my source/file", "content");
        place.file("strandline.toml", """
                repository = "%s"
                key-file = "%s"

                [[source]]
                path = "%s"
                """.formatted(place.repository(), place.path("key"), place.path("my source")));
    }

    private Program configured() {
        return place.bare()
                .with("STRANDLINE_CONFIG", place.path("strandline.toml").toString());
    }

    private int scheduledSnapshots() {
        return place.strandline()
                .run("list", "--json", "--trigger", "scheduled")
                .exits(0)
                .json()
                .size();
    }

    @Test
    void line_inCronsEnvironment_savesSilently() throws IOException {
        configured().run("schedule", "install", "--cron-file", "cronfile").exits(0);
        var words = new ArrayList<>(List.of("env", "-i", "HOME=/", "LOGNAME=root"));
        var lines = Files.readString(place.path("cronfile"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        words.addAll(lines.subList(0, lines.size() - 1));
        var command = lines.getLast().split(" ", 7)[6];
        Program.of(words.toArray(String[]::new))
                .and("/bin/sh", "-c", command)
                .run()
                .succeedsSilently();
        assertThat(scheduledSnapshots()).isEqualTo(1);
    }

    /**
     * Root gets a cron of their own, in a mount namespace where no other crontab is, no other cron's lock, and no systemd;
     * so this neither changes the machine nor minds a cron that runs already. Others can't install for the system.
     */
    @Test
    void line_inTheUsualPlace_isRunByCron() throws IOException {
        if (!Program.isRoot()) {
            configured()
                    .run("schedule", "install", "--cron-file", "/etc/cron.d/strandline")
                    .exits(1);
            return;
        }
        HostTools.require("cron");
        var script = place.file("cron.sh", """
                set -e
                for folder in /etc/cron.d /var/spool/cron /run; do mount -t tmpfs none "$folder"; done
                mkdir /var/spool/cron/crontabs
                mount --bind /dev/null /etc/crontab
                "$@" schedule install --every 1m
                exec cron -f
                """);
        var cron = Program.of("unshare", "--mount", "--propagation", "private", "/bin/sh", script.toString())
                .with("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .with("HOME", place.path("home").toString())
                .with("STRANDLINE_CONFIG", place.path("strandline.toml").toString())
                .start(Program.distribution().resolve("bin/strandline").toString());
        try {
            cron.awaitWhileRunning(
                    "a snapshot by cron", () -> !place.objects("snapshots").isEmpty());
            assertThat(scheduledSnapshots()).isEqualTo(1);
            var doctor = configured()
                    .under("nsenter", "--mount", "--target", Long.toString(cron.pid()))
                    .run("doctor");
            assertThat(doctor.exits(0).stdout())
                    .contains("/etc/cron.d/strandline, every 1m", "cron is running", "the newest of");
        } finally {
            cron.signal("TERM");
        }
        assertThat(cron.await().stderr()).isEmpty();
    }
}
