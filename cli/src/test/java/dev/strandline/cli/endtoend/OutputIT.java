package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the commands say, to whom and in which form. */
final class OutputIT {
    private static final long SEED = 17;
    private static final String HOSTILE = "\u001b[2Jname\nwith \u202e controls";

    @AutoClose
    private static final Workplace place = Workplace.create();

    @BeforeAll
    static void takeSnapshots() throws IOException {
        place.file("tree/file", "content");
        place.file("tree/" + HOSTILE, "hostile");
        // Without a word, though it makes the key.
        place.strandline().run("init").succeedsSilently();
        place.snapshot("tree");
        place.strandline()
                .run("snapshot", "tree", "-m", "second", "--tag", "one,two", "--tag", "three", "--host", "elsewhere")
                .succeedsSilently();
    }

    @Test
    void success_withoutTerminal_isSilent() {
        place.strandline()
                .run("snapshot", "tree", "--time", "2026-01-01T00:00:00Z")
                .succeedsSilently();
        place.strandline().run("check", "--read-data").succeedsSilently();
        place.strandline().run("restore", "latest", "--target", "silent").succeedsSilently();
    }

    @Test
    void colours_areNeverUsed() {
        for (var value : List.of("", "1")) {
            var run = place.strandline()
                    .with("NO_COLOR", value)
                    .with("TERM", "xterm-256color")
                    .run("list");
            assertThat(run.exits(0).stdout()).isNotEmpty().doesNotContain("\u001b");
        }
    }

    @Test
    void list_showsNewestLast() {
        var list = place.strandline().run("list", "--json").exits(0).json();
        var times = StreamSupport.stream(list.spliterator(), false)
                .map(snapshot ->
                        OffsetDateTime.parse(snapshot.get("time").asText()).toInstant())
                .toList();
        assertThat(times).hasSizeGreaterThanOrEqualTo(2).isSorted();
        var text = place.strandline().run("list").exits(0);
        assertThat(text.stdout().lines().toList().getLast()).contains("second", "[one,two,three]", "elsewhere");
        assertThat(place.strandline()
                        .run("list", "--tag", "two", "--json")
                        .exits(0)
                        .json())
                .hasSize(1);
        assertThat(place.strandline()
                        .run("list", "--host", "nowhere", "--json")
                        .exits(0)
                        .json())
                .isEmpty();
    }

    @Test
    void json_ofSnapshot_hasResticsNames() {
        var summary = place.strandline()
                .run("snapshot", "tree", "--json", "--time", "2026-01-02T00:00:00Z")
                .exits(0)
                .json();
        assertThat(summary.get("message_type").asText()).isEqualTo("summary");
        for (var field : List.of(
                "files_new",
                "files_changed",
                "files_unmodified",
                "data_added",
                "total_files_processed",
                "total_bytes_processed",
                "total_duration",
                "snapshot_id")) {
            assertThat(summary.hasNonNull(field)).as(field).isTrue();
        }
        assertThat(summary.get("total_files_processed").asInt()).isEqualTo(2);
    }

    @Test
    void json_ofListAndShow_hasResticsNames() {
        for (var snapshot : List.of(
                place.strandline().run("list", "--json").exits(0).json().get(0),
                place.strandline().run("show", "latest", "--json").exits(0).json())) {
            for (var field : List.of("id", "short_id", "time", "tree", "paths", "hostname", "username", "tags")) {
                assertThat(snapshot.has(field)).as(field).isTrue();
            }
            assertThat(snapshot.get("paths").get(0).asText())
                    .isEqualTo(place.path("tree").toString());
            assertThat(snapshot.get("id").asText())
                    .startsWith(snapshot.get("short_id").asText());
        }
    }

    @Test
    void json_ofOtherCommands_isJson() throws IOException {
        var ls = place.strandline().run("ls", "-R", "latest", "--json").exits(0).jsonLines();
        assertThat(ls.getFirst().get("message_type").asText()).isEqualTo("snapshot");
        assertThat(ls.getLast().get("message_type").asText()).isEqualTo("node");
        assertThat(ls.getLast().hasNonNull("mtime")).isTrue();
        assertThat(ls).anyMatch(node -> node.path("name").asText().equals(HOSTILE));
        assertThat(place.strandline()
                        .run("check", "--json")
                        .exits(0)
                        .json()
                        .get("num_errors")
                        .asInt())
                .isZero();
        assertThat(place.strandline()
                        .run("stats", "--json")
                        .exits(0)
                        .json()
                        .get("total_size")
                        .asLong())
                .isPositive();
        var restore = place.strandline().run("restore", "latest", "--target", "json", "--json");
        assertThat(restore.exits(0).json().get("total_files").asInt()).isEqualTo(2);
        assertThat(place.bare().run("version", "--json").exits(0).json().hasNonNull("version"))
                .isTrue();
        try (var other = Workplace.create()) {
            var init = other.strandline().run("init", "--json").exits(0);
            assertThat(init.json().get("message_type").asText()).isEqualTo("initialized");
        }
    }

    @Test
    void json_ofFailures_isExitErrorWithItsCode() {
        assertExitError(place.strandline().run("show", "latest~99", "--json"), 1);
        assertExitError(place.strandline().run("list", "--json", "--no-such-flag"), 2);
        assertExitError(place.strandline().run("list", "--json", "-r", "nowhere"), 10);
        assertExitError(place.bare().run("list", "--json", "-r", "repository"), 12);
    }

    private static void assertExitError(Run run, int code) {
        run.exits(code);
        assertThat(run.stdout()).isEmpty();
        var error = run.jsonErrors().getLast();
        assertThat(error.get("message_type").asText()).isEqualTo("exit_error");
        assertThat(error.get("code").asInt()).isEqualTo(code);
        assertThat(error.get("message").asText()).isNotEmpty();
    }

    @Test
    void controlCharacters_areEscapedForTerminals() {
        for (var command : List.of("ls -R latest", "ls -R -l latest", "snapshot tree -vv --time 2026-01-03")) {
            var run = place.strandline().run(command.split(" ", -1)).exits(0);
            assertThat(run.stdout())
                    .contains("\\x1b[2Jname\\x0awith \\u{202e} controls")
                    .doesNotContain("\u001b", "\u202e");
        }
        var message = place.strandline().run("snapshot", "tree", "-m", HOSTILE, "--time", "2026-01-04T00:00:00Z");
        message.succeedsSilently();
        for (var command : List.of("list", "show 20260104-000000", "show latest~99")) {
            var run = place.strandline().run(command.split(" ", -1));
            assertThat(run.stdout() + run.stderr()).as(command).doesNotContain("\u001b", "\u202e");
        }
    }

    @Test
    void aliases_doTheSame() throws IOException {
        var strandline = place.strandline();
        strandline.run("backup", "tree", "--time", "2026-01-05").succeedsSilently();
        strandline.run("create", "tree", "--time", "2026-01-05").succeedsSilently();
        assertThat(strandline.run("snapshots").exits(0).stdout())
                .isEqualTo(strandline.run("list").stdout());
        assertThat(strandline.run("info", "latest").exits(0).stdout())
                .isEqualTo(strandline.run("show", "latest").stdout());
        assertThat(strandline
                        .run("cat", "latest:" + place.path("tree/file"))
                        .exits(0)
                        .stdout())
                .isEqualTo("content");
        strandline.run("verify").succeedsSilently();
        for (var alias : List.of("backup", "snapshots", "info", "cat", "verify")) {
            assertThat(strandline.run(alias, "--help").exits(0).stdout()).contains("Exit codes:");
        }
    }

    @Test
    void version_isPrinted() {
        assertThat(place.bare().withoutEnvironment().run("version").exits(0).stdout())
                .isEqualTo("strandline " + System.getProperty("strandline.version") + "\n");
    }

    @Test
    void completion_isLoadedByBashAndZsh() throws IOException {
        HostTools.require("bash", "zsh");
        for (var shell : List.of("bash", "zsh")) {
            var script = place.bare().run("completion", shell).exits(0);
            assertThat(script.stderr()).isEmpty();
            Files.write(place.path("completion." + shell), script.stdoutBytes());
        }
        Workplace.tool("bash", "-n", place.path("completion.bash").toString());
        var bash =
                Workplace.tool("bash", "-c", "source " + place.path("completion.bash") + " && complete -p strandline");
        assertThat(bash.stdoutText()).contains("strandline");
        var zsh = Workplace.tool("zsh", "-f", "-c", "source " + place.path("completion.zsh"));
        assertThat(zsh.stderr()).isEmpty();
        place.bare().run("completion", "fish").failsSaying(2, "no completion for 'fish'", "bash or zsh");
    }

    @Test
    void progress_onTerminal_showsRateAndFiles() throws IOException {
        HostTools.require("script");
        System.out.println("progress with seed " + SEED);
        var random = new Random(SEED);
        byte[] content = new byte[2 << 20];
        for (int i = 0; i < 60; i++) {
            random.nextBytes(content);
            Files.write(place.directory("large").resolve("file" + i), content);
        }
        var onTerminal = Program.of("script", "-qec")
                .with("PATH", "/usr/bin:/bin")
                .with("TERM", "xterm")
                .with("COLUMNS", "120")
                .with("STRANDLINE_REPOSITORY", place.repository().toString())
                .with("STRANDLINE_KEY_FILE", place.path("key").toString());
        var command = Program.distribution().resolve("bin/strandline");
        var shown = onTerminal
                .run("stty cols 120; '" + command + "' snapshot --time 2026-01-06 " + place.path("large"), "/dev/null")
                .exits(0)
                .stdout();
        assertThat(shown).contains("snapshot", "MiB/s", " files", "saved snapshot", "60 files, 120 MiB");
        var restored = onTerminal
                .run(
                        "stty cols 120; '" + command + "' restore 20260106-000000 --target " + place.path("large-2"),
                        "/dev/null")
                .exits(0)
                .stdout();
        assertThat(restored).contains("restore", "MiB/s", "restored 60 files", "verified");
        var quiet = onTerminal
                .run("'" + command + "' snapshot -q --time 2026-01-06 " + place.path("large"), "/dev/null")
                .exits(0)
                .stdout();
        assertThat(quiet).isEmpty();
    }

    @Test
    void commands_leaveNothingInTheTemporaryFolder() throws IOException {
        var temporary = place.directory("temporary");
        var strandline = place.strandline()
                .with("TMPDIR", temporary.toString())
                .with("STRANDLINE_JVM_OPTS", "-Djava.io.tmpdir=" + temporary);
        strandline.run("snapshot", "tree", "--time", "2026-01-07").succeedsSilently();
        strandline.run("restore", "latest", "--target", "untouched").succeedsSilently();
        HostTools.require("strace");
        var traced = place.strandline()
                .under(
                        "/usr/bin/strace",
                        "-f",
                        "-qq",
                        "-e",
                        "trace=openat,open,creat,mkdir,mkdirat",
                        "-o",
                        place.path("trace").toString())
                .run("snapshot", "tree", "--time", "2026-01-08");
        traced.exits(0);
        assertThat(Files.readString(place.path("trace")).lines())
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*\"/(var/)?tmp/.*O_CREAT.*")
                        && !line.contains(place.path("").toString()));
        assertThat(temporary).isEmptyDirectory();
    }
}
