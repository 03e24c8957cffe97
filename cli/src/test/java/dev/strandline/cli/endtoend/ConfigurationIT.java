package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a host is set up to do, without a word on the command line. */
final class ConfigurationIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    private Path file;

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        for (var folder : new String[] {"app", "etc"}) {
            place.file(folder + "/settings.conf", folder);
            place.file(folder + "/debug.log", "noise");
            place.file(folder + "/data/large", "data of " + folder);
        }
        file = configure("");
    }

    private Path configure(String more) throws IOException {
        return place.file(
                "strandline.toml",
                """
                repository = "%s"
                key-file = "%s"
                exclude-sets = ["logs"]

                [[source]]
                path = "%s"
                excludes = ["data/"]

                [[source]]
                path = "%s"

                [[source]]
                path = "%s"
                optional = true
                """.formatted(
                                        place.repository(),
                                        place.path("key"),
                                        place.path("app"),
                                        place.path("etc"),
                                        place.path("tool"))
                        + more);
    }

    private Program configured() {
        return place.bare().with("STRANDLINE_CONFIG", file.toString());
    }

    @Test
    void snapshot_withoutArguments_takesTheSourcesEachWithItsRules() throws IOException {
        configured().run("snapshot").succeedsSilently();
        var listed = configured().run("ls", "-R", "latest", "--json").exits(0).stdout();
        assertThat(listed)
                .contains("app/settings.conf", "etc/settings.conf", "etc/data/large")
                .doesNotContain("app/data", "debug.log");
        var shown = configured().run("show", "latest").exits(0).stdout();
        assertThat(shown).contains("trigger   manual", place.path("tool") + ", an optional source, was not there");
        var json = configured().run("show", "latest", "--json").exits(0).json();
        assertThat(json.get("absent").get(0).get("path").asText())
                .isEqualTo(place.path("tool").toString());
    }

    @Test
    void snapshot_optionalSourceComes_isTakenFromThenOn() throws IOException {
        configured().run("snapshot").succeedsSilently();
        place.file("tool/version", "1");
        configured().run("snapshot").succeedsSilently();
        assertThat(configured().run("ls", "-R", "latest").exits(0).stdout()).contains("tool/version");
        assertThat(configured().run("show", "latest").exits(0).stdout()).doesNotContain("was not there");
    }

    @Test
    void snapshot_sourceThatIsNotOptionalIsMissing_savesTheOthersAndSaysSo() throws IOException {
        configure("\n[[source]]\npath = \"" + place.path("gone") + "\"\n");
        var run = configured().run("snapshot").exits(3);
        assertThat(run.stderr()).contains("not saved: " + place.path("gone"), "no such file");
        assertThat(configured().run("ls", "-R", "latest").exits(0).stdout()).contains("app/settings.conf");
    }

    @Test
    void snapshot_pathsGiven_winOverTheSources() {
        configured().run("snapshot", place.path("app").toString()).succeedsSilently();
        assertThat(configured().run("ls", "-R", "latest").exits(0).stdout())
                .contains("app/data/large", "app/debug.log")
                .doesNotContain("etc/settings.conf");
    }

    @Test
    void snapshot_excludeGiven_isAddedToTheRulesOfAllSources() {
        configured().run("snapshot", "-e", "*.conf").succeedsSilently();
        assertThat(configured().run("ls", "-R", "latest").exits(0).stdout())
                .contains("etc/data/large")
                .doesNotContain("settings.conf", "debug.log");
    }

    @Test
    void snapshot_scheduled_isRecordedSoAndCanBeListed() {
        configured().run("snapshot", "--trigger", "scheduled").succeedsSilently();
        configured().run("snapshot", "-m", "by hand").succeedsSilently();
        assertThat(configured()
                        .run("list", "--json", "--trigger", "scheduled")
                        .exits(0)
                        .json())
                .hasSize(1);
        assertThat(configured().run("list", "--trigger", "manual").exits(0).stdout())
                .contains("by hand");
        configured().run("list", "--trigger", "cron").failsSaying(2, "manual, scheduled or run");
    }

    @Test
    void snapshot_scheduledWhereThatIsForbidden_isRefused() throws IOException {
        configure("\n[policy]\nscheduled = false\n");
        configured()
                .run("snapshot", "--trigger", "scheduled")
                .failsSaying(1, "switched off on this host", "scheduled = false");
        configured().run("snapshot").succeedsSilently();
        assertThat(place.snapshotCount()).isEqualTo(1);
    }

    @Test
    void options_winOverTheConfiguration() throws IOException {
        configured().run("snapshot").succeedsSilently();
        configure("repository-of-another-kind = 1\n");
        configured()
                .run(
                        "list",
                        "-r",
                        place.repository().toString(),
                        "--key-file",
                        place.path("key").toString())
                .exits(0);
        configured().run("list").failsSaying(2, "strandline.toml:", "no setting 'repository-of-another-kind'");
    }

    @Test
    void configCheck_goodFile_isAllRight() {
        configured().run("config", "check").succeedsSilently();
        place.bare().run("config", "check", file.toString()).succeedsSilently();
    }

    @Test
    void configCheck_mistakes_areToldWithFileAndLine() throws IOException {
        place.file("wrong.toml", "hots = \"a\"\n\n[[source]]\npath = \"b\"\n");
        var run = place.bare().run("config", "check", "wrong.toml").exits(1);
        assertThat(run.stdout())
                .contains(
                        place.path("wrong.toml") + ":1: there is no setting 'hots'",
                        "Did you mean 'host'?",
                        place.path("wrong.toml") + ":4: 'b' is no absolute path");
        var lines = place.bare()
                .run("config", "check", "--json", "wrong.toml")
                .exits(1)
                .jsonLines();
        assertThat(lines).extracting(line -> line.get("line").asInt()).containsExactly(1, 4);
    }

    @Test
    void configCheck_noFile_saysWhereItWasLookedFor() {
        place.bare().run("config", "check").failsSaying(2, "there is no configuration", "/etc/strandline");
        place.bare().run("config", "check", "nowhere.toml").exits(1);
        place.bare().run("config").failsSaying(2, "config takes 'check'");
    }

    @Test
    void configuration_ofTheUser_isFoundInTheUsualPlace() throws IOException {
        place.file(
                "home/.config/strandline/strandline.toml",
                "repository = \"" + place.repository() + "\"\nkey-file = \"" + place.path("key") + "\"\n");
        assertThat(place.bare().run("list", "--json").exits(0).json()).isEmpty();
        place.bare().run("snapshot").failsSaying(2, "nothing to capture was named", "[[source]]");
    }
}
