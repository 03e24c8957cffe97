package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines for cron and units for systemd, written where a test can look at them. */
final class ScheduleIT {
    private static final String LAUNCHER =
            Program.distribution().resolve("bin/strandline").toString();

    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void configure() throws IOException {
        configure("");
        place.initialized();
        place.file("source/file", "content");
    }

    private void configure(String more) throws IOException {
        place.file(
                "strandline.toml", """
                repository = "%s"
                key-file = "%s"

                [[source]]
                path = "%s"
                """.formatted(place.repository(), place.path("key"), place.path("source")) + more);
    }

    /** Both schedulers, with files that nothing reads but the test. */
    enum Kind {
        CRON("--cron-file", "cronfile", "cronfile"),
        SYSTEMD("--unit-folder", "units", "units/strandline.timer");

        private final String option;
        private final String value;
        private final String file;

        Kind(String option, String value, String file) {
            this.option = option;
            this.value = value;
            this.file = file;
        }
    }

    private Program configured() {
        return place.bare()
                .with("STRANDLINE_CONFIG", place.path("strandline.toml").toString());
    }

    private Program schedule(String action, Kind kind) {
        return configured().and("schedule", action, kind.option, kind.value);
    }

    @ParameterizedTest
    @EnumSource
    void install_showsWhatItWritesAndWritesThat(Kind kind) throws IOException {
        var run = schedule("install", kind).run().exits(0);
        assertThat(run.stderr()).isEmpty();
        var file = place.path(kind.file);
        assertThat(run.stdout()).contains(Files.readString(file), "written: " + file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".new"));
        }
        schedule("show", kind).run().exits(0);
        assertThat(schedule("show", kind).run().exits(0).stdout()).contains(file + " (installed)");
    }

    @ParameterizedTest
    @EnumSource
    void install_again_writesNothing(Kind kind) throws IOException {
        schedule("install", kind).run().exits(0);
        var file = place.path(kind.file);
        var inode = Files.getAttribute(file, "unix:ino");
        assertThat(schedule("install", kind).run().exits(0).stdout())
                .contains("already installed, nothing to write")
                .doesNotContain("written:");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    }

    @ParameterizedTest
    @EnumSource
    void install_oursWasChanged_isMended(Kind kind) throws IOException {
        schedule("install", kind).run().exits(0);
        var file = place.path(kind.file);
        var good = Files.readString(file);
        Files.writeString(file, good + "# and more\n");
        assertThat(schedule("show", kind).run().exits(0).stdout()).contains(file + " (installed, but different)");
        schedule("install", kind).run().exits(0);
        assertThat(file).hasContent(good);
    }

    @ParameterizedTest
    @EnumSource
    void dryRun_changesNothing(Kind kind) throws IOException {
        var file = place.path(kind.file);
        assertThat(schedule("install", kind).run("-n").exits(0).stdout()).contains("--trigger scheduled", "dry run");
        assertThat(file).doesNotExist();
        schedule("install", kind).run().exits(0);
        assertThat(schedule("remove", kind).run("--dry-run").exits(0).stdout()).contains("would be removed: " + file);
        assertThat(file).exists();
    }

    @ParameterizedTest
    @EnumSource
    void remove_takesOursAway(Kind kind) {
        schedule("install", kind).run().exits(0);
        assertThat(schedule("remove", kind).run().exits(0).stdout()).contains("removed: " + place.path(kind.file));
        assertThat(place.path(kind.file)).doesNotExist();
        assertThat(schedule("remove", kind).run().exits(0).stdout()).contains("nothing is installed");
    }

    @ParameterizedTest
    @EnumSource
    void fileOfOthers_isLeftAlone(Kind kind) throws IOException {
        var file = place.file(kind.file, "# somebody's own\n");
        schedule("install", kind).run().exits(1);
        assertThat(schedule("install", kind).run().exits(1).stderr()).contains(file.toString(), "did not write");
        assertThat(schedule("remove", kind).run().exits(1).stderr()).contains(file.toString(), "left alone");
        assertThat(file).hasContent("# somebody's own\n");
        try (var files = Files.list(file.getParent())) {
            assertThat(files.filter(other -> other.toString().contains("strandline.service")))
                    .isEmpty();
        }
    }

    @Test
    void json_tellsTheSame() {
        var shown = schedule("show", Kind.SYSTEMD).run("--json").exits(0).json();
        assertThat(shown.get("parts")).hasSize(2);
        assertThat(shown.get("parts").get(0).get("state").asText()).isEqualTo("absent");
        var installed = schedule("install", Kind.SYSTEMD).run("--json").exits(0).json();
        assertThat(installed.get("changed").asBoolean()).isTrue();
        assertThat(installed.get("parts").get(1).get("state").asText()).isEqualTo("intact");
        var removed = schedule("remove", Kind.SYSTEMD).run("--json").exits(0).json();
        assertThat(removed.get("removed")).hasSize(2);
    }

    @Test
    void interval_isTheConfiguredOneUnlessTheCommandLineSaysOtherwise() throws IOException {
        configure("\n[schedule]\nevery = \"6h\"\nif-running = \"wait\"\n");
        assertThat(schedule("show", Kind.CRON).run().exits(0).stdout())
                .contains("\n0 */6 * * * ", "--if-running wait\n");
        schedule("install", Kind.CRON).run("--every", "10m").exits(0);
        assertThat(Files.readString(place.path("cronfile"))).contains("\n*/10 * * * * ", "install --every 10m'");
        schedule("install", Kind.CRON).run("--every", "7m").failsSaying(2, "'7m'", "divide an hour");
    }

    @Test
    void units_areGoodForSystemd() throws IOException {
        HostTools.require("systemd-analyze");
        place.directory("a folder");
        for (var more : new String[] {
            "metrics-file = \"" + place.path("a folder/m.prom") + "\"\n",
            "\n[hooks]\nbefore = \"true\"\n",
            "\n[schedule]\nevery = \"24h\"\n"
        }) {
            // A setting without a table must stand before the first one.
            configure(more.startsWith("\n") ? more : "");
            if (!more.startsWith("\n")) {
                var file = place.path("strandline.toml");
                Files.writeString(file, more + Files.readString(file));
            }
            schedule("install", Kind.SYSTEMD).run().exits(0);
            var verified = Workplace.tool(
                    "systemd-analyze",
                    "verify",
                    place.path("units/strandline.service").toString(),
                    place.path("units/strandline.timer").toString());
            assertThat(verified.stdoutText() + verified.stderr()).isEmpty();
        }
        assertThat(HostTools.run(List.of("systemd-analyze", "verify", broken().toString()), Path.of("/"))
                        .stderr())
                .contains("NoSuchSetting");
    }

    /** Shows that the program above does complain. */
    private Path broken() throws IOException {
        var text = Files.readString(place.path("units/strandline.service"));
        return place.file("broken/strandline.service", text.replace("UMask=", "NoSuchSetting="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "5m", "30m", "1h", "6h", "24h"})
    void timers_areGoodForSystemd(String every) throws IOException {
        HostTools.require("systemd-analyze");
        schedule("install", Kind.SYSTEMD).run("--every", every).exits(0);
        var line = Files.readString(place.path("units/strandline.timer"))
                .lines()
                .filter(text -> text.startsWith("OnCalendar="))
                .findFirst()
                .orElseThrow();
        Workplace.tool("systemd-analyze", "calendar", line.substring("OnCalendar=".length()));
    }

    @Test
    void install_nothingToSchedule_isRefused() throws IOException {
        place.bare()
                .run("schedule", "install", "--cron-file", "cronfile")
                .failsSaying(1, "there is no configuration", "[[source]]");
        configure("\n[policy]\nscheduled = false\n");
        schedule("install", Kind.CRON).run().failsSaying(1, "switched off on this host", "scheduled = false");
        place.file("strandline.toml", "repository = \"/backup\"\n");
        schedule("install", Kind.CRON).run().failsSaying(1, "has no sources", "[[source]]");
        place.file("strandline.toml", "[[source]]\npath = \"/etc\"\n");
        schedule("install", Kind.CRON)
                .with("STRANDLINE_REPOSITORY", place.repository().toString())
                .run()
                .failsSaying(1, "names no repository", "repository = ");
        place.file("strandline.toml", "repository = \"backup\"\n[[source]]\npath = \"/etc\"\n");
        schedule("install", Kind.CRON).run().failsSaying(1, "'backup'", "no absolute path");
        place.file("strandline.toml", "hots = 1\n");
        schedule("install", Kind.CRON).run().failsSaying(2, "strandline.toml:1");
        assertThat(place.path("cronfile")).doesNotExist();
    }

    @Test
    void wrongUsage_exits2() {
        configured().run("schedule").failsSaying(2, "'show', 'install' and 'remove'");
        configured().run("schedule", "start").failsSaying(2, "'show', 'install' and 'remove'");
        configured().run("schedule", "show", "--cron", "--unit-folder", "u").failsSaying(2, "exclude each other");
        configured()
                .run("schedule", "show", "--cron-file", "/etc/cron.d/strandline.cron")
                .failsSaying(2, "cron reads no file named 'strandline.cron'");
    }

    @Test
    void cannotBeWritten_isToldAndTakesNothingAway() throws IOException {
        place.file("file", "");
        configured()
                .run(
                        "schedule",
                        "install",
                        "--cron-file",
                        place.path("file/below").toString())
                .exits(1);
        assertThat(configured()
                        .run(
                                "schedule",
                                "install",
                                "--cron-file",
                                place.path("file/below").toString())
                        .stderr())
                .contains("can't be read or written", "file/below");
    }

    /** What {@code crontab} does with a crontab, as far as it is asked to. */
    private static final String CRONTAB = """
            #!/bin/sh
            case $1 in
                -l) [ -f "$HOME/crontab" ] || { echo "no crontab for $(id -un)" >&2; exit 1; }; cat "$HOME/crontab" ;;
                -) cat >"$HOME/crontab.new" && mv "$HOME/crontab.new" "$HOME/crontab" ;;
            esac
            """;

    @Test
    void cron_ofAnOrdinaryUser_isABlockInTheirCrontab() throws IOException {
        try (var theirs = Workplace.ofOrdinaryUser()) {
            theirs.file("strandline.toml", "repository = \"/r\"\n[[source]]\npath = \"/etc\"\n");
            Files.setPosixFilePermissions(
                    theirs.file("bin/crontab", CRONTAB), PosixFilePermissions.fromString("rwxr-xr-x"));
            theirs.handOver();
            var schedule = theirs.bare()
                    .with("PATH", theirs.path("bin") + ":/usr/bin:/bin")
                    .with("STRANDLINE_CONFIG", theirs.path("strandline.toml").toString())
                    .and("schedule");
            assertThat(schedule.run("install", "--cron").exits(0).stdout()).contains("written: the crontab of ");
            var crontab = theirs.path("home/crontab");
            assertThat(Files.readString(crontab))
                    .startsWith("# BEGIN strandline")
                    .contains(" " + LAUNCHER + " snapshot");
            Files.writeString(crontab, "0 1 * * * theirs\n" + Files.readString(crontab) + "MAILTO=them\n");
            assertThat(schedule.run("install").exits(0).stdout()).contains("already installed");
            schedule.run("install", "--every", "1h").exits(0);
            assertThat(Files.readString(crontab))
                    .contains("theirs\n# BEGIN", "\n0 * * * * ", "# END strandline\nMAILTO");
            schedule.run("remove").exits(0);
            assertThat(crontab).hasContent("0 1 * * * theirs\nMAILTO=them\n");
        }
    }
}
