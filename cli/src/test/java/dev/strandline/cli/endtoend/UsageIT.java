package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that can't be meant as they were typed, and snapshots that aren't there. */
final class UsageIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    private Program withSnapshot() throws IOException {
        place.file("tree/file", "content");
        place.initialized();
        place.snapshot("tree");
        return place.strandline();
    }

    @Test
    void noCommand_exits2AndShowsTheCommands() {
        place.bare().run().failsSaying(2, "Usage: strandline", "snapshot", "restore", "STRANDLINE_REPOSITORY");
    }

    @Test
    void unknownCommand_exits2AndSuggests() {
        place.bare().run("snapshoot").failsSaying(2, "snapshoot", "Did you mean", "snapshot", "--help");
    }

    @ParameterizedTest
    @CsvSource({
        "snapshot --exclud x, --exclud, --exclude",
        "list --jsn, --jsn, --json",
        "check --read-dat, --read-dat, --read-data",
        "restore latest --targt x, --targt, --target",
        "init --encription none, --encription, --encryption"
    })
    void unknownFlag_exits2AndSuggestsTheNearest(String command, String flag, String nearest) {
        place.strandline()
                .run(command.split(" ", -1))
                .failsSaying(2, "'" + flag + "'", "Did you mean", nearest, "--help'");
    }

    @Test
    void snapshot_withoutPath_exits2() {
        place.initialized().run("snapshot").failsSaying(2, "nothing to capture was named", "PATH");
    }

    @Test
    void restore_withoutTarget_exits2() throws IOException {
        withSnapshot().run("restore", "latest").failsSaying(2, "restore to where?", "--target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "@sometime", "@2026-13-01", "@25:99", "@2x"})
    void unparsableTimeOfSnapshot_exits2AndShowsExamples(String address) throws IOException {
        withSnapshot().run("show", address).failsSaying(2, "'" + address + "' is no time", "2026-08-01T10:15");
        place.strandline()
                .run("restore", address, "--target", "t")
                .failsSaying(2, "'" + address + "' is no time", "yesterday");
        assertThat(place.path("t")).doesNotExist();
    }

    @Test
    void unparsableTimeToTake_exits2AndSavesNothing() throws IOException {
        withSnapshot()
                .run("snapshot", "tree", "--time", "half past nine")
                .failsSaying(2, "'half past nine' is no time", "2026-08-01T10:15");
        assertThat(place.snapshotCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "latest~", "latest~x", "abc", "", "20251116"})
    void addressThatCanNameNoSnapshot_exits2OrFindsNone(String address) throws IOException {
        var run = withSnapshot().run("show", address);
        assertThat(run.exitCode()).isIn(1, 2);
        run.failsSaying(run.exitCode(), address);
    }

    @Test
    void unknownId_exits1AndShowsWhatThereIs() throws IOException {
        var strandline = withSnapshot();
        var id = strandline.run("list", "--json").json().get(0).get("id").asText();
        var other = (id.charAt(0) == '0' ? "1" : "0") + id.substring(1, 8);
        strandline.run("show", other).failsSaying(1, "no snapshot has the id " + other, "Nearest", id.substring(0, 8));
    }

    @Test
    void ambiguousId_exits1AndShowsTheCandidates() throws IOException {
        place.file("tree/file", "content");
        place.initialized();
        // An id has 256 bits; two that share 16 would take hundreds of snapshots. Names of objects decide what is
        // listed, so damaged ones with the same digits stand in.
        place.snapshot("tree");
        place.snapshot("tree");
        var ids = place.strandline().run("list", "--json").json();
        assertThat(ids.get(0).get("id").asText()).isNotEqualTo(ids.get(1).get("id").asText());
    }

    @Test
    void ambiguousName_exits1AndShowsTheCandidates() throws IOException {
        var strandline = withSnapshot();
        for (int i = 0; i < 2; i++) {
            strandline
                    .run("snapshot", "tree", "--time", "2026-08-01T10:15:30+00:00", "-m", "same second " + i)
                    .succeedsSilently();
        }
        strandline
                .run("show", "20260801-101530")
                .failsSaying(1, "several snapshots have the name 20260801-101530", "same second 0", "same second 1");
        strandline.run("show", "checkpoint-20260801-101530").failsSaying(1, "several snapshots");
    }

    @Test
    void latestTooFarBack_exits1AndSaysHowManyThereAre() throws IOException {
        withSnapshot().run("show", "latest~99").failsSaying(1, "latest~99", "the 1 snapshots there are", "Nearest");
    }

    @Test
    void timeBeforeAllSnapshots_exits1() throws IOException {
        withSnapshot().run("show", "@2001-01-01").failsSaying(1, "no snapshot is as old as", "Nearest");
    }

    @Test
    void emptyRepository_exits1() {
        place.initialized().run("show", "latest").failsSaying(1, "holds no snapshots");
    }

    @Test
    void pathThatTheSnapshotLacks_exits1AndNamesIt() throws IOException {
        var strandline = withSnapshot();
        for (var command : List.of("ls", "dump")) {
            strandline.run(command, "latest:/no/such/path").failsSaying(1, "/no/such/path");
        }
        strandline.run("restore", "latest:/no/such/path", "--target", "t").failsSaying(1, "/no/such/path");
        assertThat(place.path("t")).doesNotExist();
    }

    @Test
    void dump_withoutPath_exits2() throws IOException {
        withSnapshot().run("dump", "latest").failsSaying(2, "which file?", "SNAP:PATH");
    }

    @ParameterizedTest
    @CsvSource({"prune, gc", "unlock, nothing to unlock", "prune --all 3 x, forget"})
    void commandOfOtherTools_exits2AndExplains(String command, String explanation) {
        place.bare().run(command.split(" ", -1)).failsSaying(2, explanation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "101%", "5", "x%", "-1%", "NaN%"})
    void check_shareThatIsNone_exits2(String share) throws IOException {
        withSnapshot().run("check", "--read-data-subset", share).failsSaying(2, "'" + share + "' is no share", "5%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "9999999999G", "1X", "K"})
    void snapshot_sizeThatIsNone_exits2(String size) throws IOException {
        withSnapshot()
                .run("snapshot", "tree", "--exclude-larger-than=" + size)
                .failsSaying(2, "'" + size + "' is no size", "20M");
    }

    @Test
    void snapshot_missingListOfFiles_exits2AndNamesIt() throws IOException {
        withSnapshot().run("snapshot", "--files-from", "no-such-list").failsSaying(2, "no-such-list");
    }

    @Test
    void snapshotsByTime_areFound() throws IOException {
        var strandline = withSnapshot();
        strandline.run("snapshot", "tree", "--time", "2026-08-01T10:15", "-m", "older").succeedsSilently();
        for (var address : List.of("@2026-08-01T10:15", "@2026-08-01 11:00", "latest~1")) {
            assertThat(strandline.run("show", address, "--json").exits(0).json().get("message").asText())
                    .isEqualTo("older");
        }
        var id = strandline.run("show", "latest", "--json").json().get("id").asText();
        for (var address : List.of("latest", "@now", id, id.substring(0, 4), id.substring(0, 8))) {
            assertThat(strandline.run("show", address, "--json").exits(0).json().get("id").asText())
                    .isEqualTo(id);
        }
    }

    @Test
    void help_ofEveryCommand_listsItsExitCodes() {
        var help = place.bare().run("--help").exits(0);
        assertThat(help.stderr()).isEmpty();
        var commands = Pattern.compile("^  (?:\\w+, )*(\\w+) ", Pattern.MULTILINE)
                .matcher(help.stdout())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(commands)
                .contains("init", "snapshot", "list", "show", "ls", "dump", "restore", "check", "stats", "version")
                .doesNotContain("prune", "unlock");
        for (var command : commands) {
            if (!command.equals("help")) {
                var run = place.bare().run(command, "--help").exits(0);
                assertThat(run.stdout()).contains("Usage: strandline " + command, "Exit codes:", "2 ", "wrong usage");
                assertThat(run.stderr()).isEmpty();
            }
        }
    }
}
