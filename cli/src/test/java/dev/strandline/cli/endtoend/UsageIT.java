package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that can't be meant as they were typed, and snapshots that aren't there. */
final class UsageIT {
    /** Of all tests here: what is refused changes nothing. */
    @AutoClose
    private static final Workplace place = Workplace.create();

    @BeforeAll
    static void takeOneSnapshot() throws IOException {
        place.file("tree/file", "content");
        place.initialized();
        place.snapshot("tree");
    }

    private static Program withSnapshot() {
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
        withSnapshot().run("snapshot").failsSaying(2, "nothing to capture was named", "PATH");
    }

    @Test
    void restore_withoutTarget_exits2() {
        withSnapshot().run("restore", "latest").failsSaying(2, "restore to where?", "--target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "@sometime", "@2026-13-01"})
    void unparsableTimeOfSnapshot_exits2AndShowsExamples(String address) {
        withSnapshot().run("show", address).failsSaying(2, "'" + address + "' is no time", "2026-08-01T10:15");
        place.strandline()
                .run("restore", address, "--target", "t")
                .failsSaying(2, "'" + address + "' is no time", "yesterday");
        assertThat(place.path("t")).doesNotExist();
    }

    @Test
    void unparsableTimeToTake_exits2AndSavesNothing() {
        int snapshots = place.snapshotCount();
        withSnapshot()
                .run("snapshot", "tree", "--time", "half past nine")
                .failsSaying(2, "'half past nine' is no time", "2026-08-01T10:15");
        assertThat(place.snapshotCount()).isEqualTo(snapshots);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "latest~x", "abc", ""})
    void addressThatCanNameNoSnapshot_exits2OrFindsNone(String address) {
        var run = withSnapshot().run("show", address);
        assertThat(run.exitCode()).isIn(1, 2);
        run.failsSaying(run.exitCode(), address);
    }

    @Test
    void unknownId_exits1AndShowsWhatThereIs() {
        var strandline = withSnapshot();
        var id = strandline.run("list", "--json").json().get(0).get("id").asText();
        var other = (id.charAt(0) == '0' ? "1" : "0") + id.substring(1, 8);
        strandline.run("show", other).failsSaying(1, "no snapshot has the id " + other, "Nearest", id.substring(0, 8));
    }

    @Test
    void ambiguousName_exits1AndShowsTheCandidates() {
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
    void latestTooFarBack_exits1AndSaysHowManyThereAre() {
        withSnapshot().run("show", "latest~99").failsSaying(1, "latest~99", "further back than the", "Nearest");
    }

    @Test
    void timeBeforeAllSnapshots_exits1() {
        withSnapshot().run("show", "@2001-01-01").failsSaying(1, "no snapshot is as old as", "Nearest");
    }

    @Test
    void emptyRepository_exits1() throws IOException {
        try (var empty = Workplace.create()) {
            empty.initialized().run("show", "latest").failsSaying(1, "holds no snapshots");
        }
    }

    @Test
    void pathThatTheSnapshotLacks_exits1AndNamesIt() {
        var strandline = withSnapshot();
        for (var command : List.of("ls", "dump")) {
            strandline.run(command, "latest:/no/such/path").failsSaying(1, "/no/such/path");
        }
        strandline.run("restore", "latest:/no/such/path", "--target", "t").failsSaying(1, "/no/such/path");
        assertThat(place.path("t")).doesNotExist();
    }

    @Test
    void dump_withoutPath_exits2() {
        withSnapshot().run("dump", "latest").failsSaying(2, "which file?", "SNAP:PATH");
    }

    @ParameterizedTest
    @CsvSource({"prune, gc", "unlock, nothing to unlock", "prune --all 3 x, forget"})
    void commandOfOtherTools_exits2AndExplains(String command, String explanation) {
        place.bare().run(command.split(" ", -1)).failsSaying(2, explanation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "101%", "5", "NaN%"})
    void check_shareThatIsNone_exits2(String share) {
        withSnapshot().run("check", "--read-data-subset", share).failsSaying(2, "'" + share + "' is no share", "5%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "9999999999G"})
    void snapshot_sizeThatIsNone_exits2(String size) {
        withSnapshot()
                .run("snapshot", "tree", "--exclude-larger-than=" + size)
                .failsSaying(2, "'" + size + "' is no size", "20M");
    }

    @Test
    void snapshot_missingListOfFiles_exits2AndNamesIt() {
        withSnapshot().run("snapshot", "--files-from", "no-such-list").failsSaying(2, "no-such-list");
    }

    @Test
    void snapshotsByTime_areFound() {
        var strandline = withSnapshot();
        strandline
                .run("snapshot", "tree", "--time", "2025-08-01T10:15", "-m", "older")
                .succeedsSilently();
        for (var address : List.of("@2025-08-01T10:15", "@2025-08-01 11:00", "20250801-101500")) {
            assertThat(shown(address, "message")).isEqualTo("older");
        }
        var id = shown("latest", "id");
        for (var address : List.of("latest~0", "@now", id, id.substring(0, 4))) {
            assertThat(shown(address, "id")).isEqualTo(id);
        }
    }

    private static String shown(String address, String field) {
        return withSnapshot()
                .run("show", address, "--json")
                .exits(0)
                .json()
                .get(field)
                .asText();
    }

    @Test
    void help_ofEveryCommand_listsItsExitCodes() {
        var help = place.bare().run("--help").exits(0);
        assertThat(help.stderr()).isEmpty();
        var commands = Pattern.compile("^  (\\w+)[, ]", Pattern.MULTILINE)
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
