package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code log}, {@code find}, {@code grep} and {@code blame} over a few snapshots. */
final class HistoryIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void makeHistory() throws IOException {
        place.initialized();
        place.file("app/conf", "port = 80\nhost = a\n");
        place.file("app/other", "other");
        snapshot("first", "2026-01-01T10:00:00Z");
        place.file("app/other", "changed");
        snapshot("second", "2026-01-01T10:15:00Z");
        place.file("app/conf", "port = 8080\nhost = a\n");
        snapshot("third", "2026-01-01T10:30:00Z");
        Files.delete(place.path("app/conf"));
        snapshot("fourth", "2026-01-01T10:45:00Z");
        place.file("app/conf", "# new\nport = 8080\nhost = a\n");
        place.file("app/deep/down/conf", "port = 80\n");
        snapshot("fifth", "2026-01-01T11:00:00Z");
    }

    private void snapshot(String message, String time) {
        strandline().run("snapshot", app(), "-m", message, "--time", time).succeedsSilently();
    }

    private Program strandline() {
        return place.strandline().with("TZ", "UTC");
    }

    private String app() {
        return place.path("app").toString();
    }

    private List<String> words(Program program, String... arguments) {
        return program.run(arguments).exits(0).stdout().lines().toList();
    }

    @Test
    void log_aFile_tellsEachVersionNewestFirst() {
        var lines = words(strandline(), "log", app() + "/conf");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .startsWith("20260101-110000  ")
                .contains("2026-01-01 11:00:00", " d ago  + 27 B  fifth");
        assertThat(lines.get(1)).startsWith("20260101-104500  ").endsWith("- gone  fourth");
        assertThat(lines.get(2)).startsWith("20260101-103000  ").endsWith("M 19 B -> 21 B  third");
        assertThat(lines.get(3)).startsWith("20260101-100000  ").endsWith("+ 19 B  first");
    }

    @Test
    void log_relativePathAndPatch_showsTheLines() {
        var log = strandline()
                .in(place.path("app"))
                .run("log", "-p", "conf")
                .exits(0)
                .stdout();
        assertThat(log).contains("-port = 80\n+port = 8080\n host = a\n", "+++ /dev/null", "--- /dev/null");
    }

    @Test
    void log_aDirectory_followsWhatIsInIt() {
        var lines = words(strandline(), "log", app());
        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst()).endsWith("M 4 added, 0 changed, 0 removed  fifth");
        assertThat(lines.get(3)).endsWith("M 0 added, 1 changed, 0 removed  second");
        assertThat(words(strandline(), "log", "/")).hasSize(5);
    }

    @Test
    void log_json_hasFirstAndLastSnapshotOfEach() {
        var versions =
                strandline().run("log", "--json", app() + "/conf").exits(0).jsonLines();
        assertThat(versions).hasSize(4);
        var oldest = versions.getLast();
        assertThat(oldest.get("message_type").asText()).isEqualTo("version");
        assertThat(oldest.get("snapshots").asInt()).isEqualTo(2);
        assertThat(oldest.get("first").get("name").asText()).isEqualTo("20260101-100000");
        assertThat(oldest.get("last").get("name").asText()).isEqualTo("20260101-101500");
        assertThat(versions.get(1).get("gone").asBoolean()).isTrue();
    }

    @Test
    void log_sinceUntilAndHost_limitIt() {
        assertThat(words(strandline(), "log", app() + "/conf", "--since", "2026-01-01T10:30"))
                .hasSize(3);
        assertThat(words(strandline(), "log", app() + "/conf", "--until", "2026-01-01T10:40"))
                .hasSize(2);
        strandline().run("log", app(), "--host", "nobody").failsSaying(1, "no snapshot is of that host and time");
        strandline().run("log", app(), "--since", "whenever").failsSaying(2, "'whenever' is no time");
    }

    @Test
    void log_aPathThatNeverWas_isRefusedWithAHint() {
        strandline().run("log", app() + "/cnf").failsSaying(1, "no snapshot has " + app() + "/cnf", "find cnf");
    }

    @Test
    void log_anotherHostsVersions_areNotMixedIn() throws IOException {
        strandline()
                .with("STRANDLINE_HOST", "other")
                .run("snapshot", app(), "--time", "2026-01-01T10:20:00Z")
                .succeedsSilently();
        var versions =
                strandline().run("log", "--json", app() + "/conf").exits(0).jsonLines();
        assertThat(versions).hasSize(5);
        assertThat(versions.stream()
                        .filter(version -> version.get("hostname").asText().equals("other")))
                .hasSize(1);
        assertThat(words(strandline(), "log", app() + "/conf", "--host", "other"))
                .hasSize(1);
    }

    @Test
    void find_aName_tellsEachVersionOnceWithItsRange() {
        var lines = words(strandline(), "find", "conf");
        assertThat(lines.getFirst()).matches("FIRST +LAST +SNAPSHOTS +TYPE +SIZE +PATH");
        assertThat(lines.stream().skip(1).map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "20260101-100000 20260101-101500 2 file 19 B " + app() + "/conf",
                        "20260101-103000 20260101-103000 1 file 21 B " + app() + "/conf",
                        "20260101-110000 20260101-110000 1 file 27 B " + app() + "/conf",
                        "20260101-110000 20260101-110000 1 file 10 B " + app() + "/deep/down/conf");
    }

    @Test
    void find_criteria_narrowIt() {
        assertThat(find("*", app() + "/deep")).containsExactly("deep", "down", "conf");
        assertThat(find("D*", "--type", "d", "-i")).containsExactly("deep", "down");
        assertThat(find("*", "--larger", "25")).containsExactly("conf");
        assertThat(find("*", "--smaller", "6", "--type", "f")).containsExactly("other");
        assertThat(find("*", "--newer", "now")).isEmpty();
        assertThat(find("conf", "--older", "2000-01-01")).isEmpty();
        assertThat(find("/**/down/*")).containsExactly("conf");
        strandline().run("find").failsSaying(2, "find what?");
        strandline().run("find", "x", "--type", "z").failsSaying(2, "--type is");
        strandline().run("find", "x", "--larger", "much").failsSaying(2, "'much' is no size");
    }

    private List<String> find(String... criteria) {
        return strandline().and("find", "--json").run(criteria).exits(0).jsonLines().stream()
                .map(match -> Path.of(match.get("path").asText()).getFileName().toString())
                .toList();
    }

    @Test
    void grep_aText_isFoundInEachContentThatHasIt() {
        assertThat(words(strandline(), "grep", "port = 80$"))
                .containsExactly(
                        "20260101-100000..20260101-101500  " + app() + "/conf:1: port = 80",
                        "20260101-110000  " + app() + "/deep/down/conf:1: port = 80");
        assertThat(words(strandline(), "grep", "-l", "HOST", "-i", app() + "/conf"))
                .hasSize(3);
        assertThat(words(strandline(), "grep", "-F", "80$")).isEmpty();
        var match = strandline().run("grep", "--json", "new").exits(0).json();
        assertThat(match.get("lines").get(0).get("number").asInt()).isEqualTo(1);
        assertThat(match.get("lines").get(0).get("text").asText()).isEqualTo("# new");
        strandline().run("grep", "(").failsSaying(2, "no regular expression", "-F");
        strandline().run("grep").failsSaying(2, "grep takes a pattern");
    }

    @Test
    void blame_aFile_tellsWhichSnapshotBroughtEachLine() {
        assertThat(words(strandline(), "blame", app() + "/conf").stream()
                        .map(line -> line.replaceAll(" [0-9a-f]{8} ", " ")))
                .containsExactly(
                        "20260101-110000 2026-01-01 11:00:00 1) # new",
                        "20260101-103000 2026-01-01 10:30:00 2) port = 8080",
                        "20260101-100000 2026-01-01 10:00:00 3) host = a");
        assertThat(words(strandline(), "blame", app() + "/conf", "--until", "2026-01-01T10:20"))
                .hasSize(2);
        strandline().run("blame", app()).failsSaying(1, "is no text file");
        strandline().run("blame", app() + "/nothing").failsSaying(1, "no snapshot has");
    }

    @Test
    void log_onATerminal_hasColoursAndAPager() throws IOException {
        // A pager that shows what came to it; script(1) gives a terminal.
        var pager = place.file("pager", "#!/bin/sh\necho PAGED\ncat -v\n");
        Workplace.tool("chmod", "755", pager.toString());
        assertThat(onTerminal(pager.toString(), "xterm")).contains("PAGED", "^[[33m20260101-110000^[[m", "fifth");
        assertThat(onTerminal("cat", "xterm"))
                .contains("\u001b[33m20260101-110000\u001b[m")
                .doesNotContain("PAGED");
        assertThat(onTerminal(pager.toString(), "dumb")).doesNotContain("PAGED", "\u001b[");
        assertThat(onTerminal("/nowhere/pager", "xterm")).contains("20260101-110000");
    }

    @Test
    void grep_contentThatWouldSteerTheTerminal_isEscapedThere() throws IOException {
        place.file("app/evil", "evil \u001b]0;title\u0007\u001b[2J\tend\n");
        snapshot("sixth", "2026-01-01T12:00:00Z");
        assertThat(strandline().run("grep", "evil").exits(0).stdout()).contains("evil \u001b]0;");
        assertThat(onTerminal("cat", "dumb", "grep", "evil"))
                .contains("evil \\x1b]0;title\\x07\\x1b[2J\tend")
                .doesNotContain("\u001b");
    }

    private String onTerminal(String pager, String terminal) {
        return onTerminal(pager, terminal, "log", app() + "/conf");
    }

    private String onTerminal(String pager, String terminal, String... words) {
        return Program.of(
                        "script",
                        "-qec",
                        Program.distribution().resolve("bin/strandline") + " " + String.join(" ", words),
                        "/dev/null")
                .with("PATH", "/usr/bin:/bin")
                .with("HOME", place.path("home").toString())
                .with("STRANDLINE_REPOSITORY", place.repository().toString())
                .with("STRANDLINE_KEY_FILE", place.path("key").toString())
                .with("TZ", "UTC")
                .with("TERM", terminal)
                .with("PAGER", pager)
                .with("SHELL", "/bin/sh")
                .run()
                .exits(0)
                .stdout();
    }
}
