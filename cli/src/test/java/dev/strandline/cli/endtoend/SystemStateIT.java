package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a snapshot tells of itself: its files by category, what changed, and what commands told of the system. */
final class SystemStateIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        place.file("app/server.js", "x".repeat(3000));
        place.file("app/lib/client.mjs", "y");
        place.file("app/index.html", "html");
        place.file("app/Makefile", "all:");
        place.file("app/extensions.ael", "dialplan");
    }

    private Program configured(String more) throws IOException {
        return place.configured("[[source]]\npath = \"" + place.path("app") + "\"\n" + more);
    }

    @Test
    void show_tellsFilesByCategory() throws IOException {
        var program = configured("[categories]\ndialplan = [\"ael\"]\n");
        program.run("snapshot").succeedsSilently();
        var shown = program.run("show", "latest").exits(0).stdout();
        assertThat(shown)
                .containsPattern("JavaScript +2 +2\\.9 KiB")
                .containsPattern("HTML +1 +4 B")
                .containsPattern("dialplan +1 +8 B")
                .containsPattern("other +1 +4 B");
        var json = program.run("show", "latest", "--json").exits(0).json().get("categories");
        assertThat(json.get(0).get("name").asText()).isEqualTo("JavaScript");
        assertThat(json.get(0).get("files").asInt()).isEqualTo(2);
        assertThat(json.get(0).get("bytes").asInt()).isEqualTo(3001);
    }

    @Test
    void show_tellsWhatChangedSinceTheSnapshotBefore() throws IOException {
        var program = configured("");
        program.run("snapshot").succeedsSilently();
        assertThat(program.run("show", "latest").exits(0).stdout()).doesNotContain("since");
        Files.delete(place.path("app/index.html"));
        Files.delete(place.path("app/Makefile"));
        Files.createSymbolicLink(place.path("app/Makefile"), place.path("nowhere"));
        place.file("app/server.js", "x".repeat(5000));
        place.file("app/new/deep.js", "new");
        Workplace.tool("chmod", "600", place.path("app/lib/client.mjs").toString());
        program.run("snapshot").succeedsSilently();
        var shown = program.run("show", "latest").exits(0).stdout();
        assertThat(shown)
                .containsPattern("since +\\d{8}-\\d{6}: 2 added, 3 modified, 1 removed")
                .contains(
                        "T " + place.path("app/Makefile"),
                        "- " + place.path("app/index.html"),
                        "U " + place.path("app/lib/client.mjs"),
                        "+ " + place.path("app/new\n"),
                        "+ " + place.path("app/new/deep.js"),
                        "M " + place.path("app/server.js") + "  (2.9 KiB -> 4.9 KiB)");
        var changes = program.run("show", "latest", "--json").exits(0).json().get("changes");
        assertThat(changes).hasSize(6);
        assertThat(changes.get(0).get("modifier").asText()).isEqualTo("T");
    }

    @Test
    void systemState_isStoredWithTheSnapshot() throws IOException {
        var program = configured("""
                [[system-state]]
                name = "peers"
                command = "echo alice online; echo bob away >&2"

                [[system-state]]
                name = "broken"
                command = "echo half; exit 3"

                [[system-state]]
                name = "endless"
                command = "echo begun; sleep 1000"
                timeout = "1s"

                [[system-state]]
                name = "long"
                command = "seq 1 100000"
                max-bytes = "1K"
                """);
        program.run("snapshot").succeedsSilently();
        var shown = program.run("show", "latest").exits(0).stdout();
        assertThat(shown)
                .contains(
                        "state of peers\n  alice online\n  bob away\n",
                        "state of broken (exit code 3)\n  half\n",
                        "state of endless (it did not end within 1 s)\n  begun\n",
                        "state of long (only its first 1.0 KiB were kept)\n  1\n",
                        "more lines, see 'show --state long'");
        assertThat(program.run("show", "latest", "--state", "peers").exits(0).stdout())
                .isEqualTo("alice online\nbob away\n");
        assertThat(program.run("show", "latest", "--state", "long").exits(0).stdout())
                .hasSize(1024);
        program.run("show", "latest", "--state", "weather").failsSaying(1, "no system state 'weather'");
        var states = program.run("show", "latest", "--json").exits(0).json().get("system_state");
        assertThat(states).hasSize(5);
        assertThat(states.get(1).get("problem").asText()).isEqualTo("exit code 3");
        assertThat(states.get(1).get("output").asText()).isEqualTo("half\n");
        assertThat(states.get(4).get("name").asText()).isEqualTo("owners");
        program.run("check", "--read-data").exits(0);
    }

    @Test
    void systemState_itsPackIsLost_isToldByCheck() throws IOException {
        var program = configured("[[system-state]]\nname = \"peers\"\ncommand = \"echo first\"\n");
        program.run("snapshot").succeedsSilently();
        var before = place.objects("packs");
        configured("[[system-state]]\nname = \"peers\"\ncommand = \"echo second\"\n")
                .run("snapshot")
                .succeedsSilently();
        var packs = new ArrayList<>(place.objects("packs"));
        packs.removeAll(before);
        assertThat(packs).hasSize(1);
        Files.delete(place.repository().resolve(packs.getFirst()));
        var run = program.run("check").exits(13);
        assertThat(run.stdout() + run.stderr()).contains("system state 'peers'");
    }

    @Test
    void snapshot_pinned_saysSo() throws IOException {
        var program = configured("");
        program.run("snapshot", "--pin", "-m", "before the move").succeedsSilently();
        program.run("snapshot").succeedsSilently();
        assertThat(program.run("show", "latest~1").exits(0).stdout()).contains("trigger   manual, pinned");
        assertThat(program.run("list").exits(0).stdout()).contains("pinned before the move");
        var json = program.run("list", "--json").exits(0).json();
        assertThat(json.get(0).get("pinned").asBoolean()).isTrue();
        assertThat(json.get(1).get("pinned").asBoolean()).isFalse();
    }
}
