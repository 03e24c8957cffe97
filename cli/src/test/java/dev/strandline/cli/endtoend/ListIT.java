package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newest snapshots, and those that are named by how new they are. */
final class ListIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void takeSnapshots() throws IOException {
        place.initialized();
        String source = place.file("source/file", "content").getParent().toString();
        for (int hour = 0; hour < 6; hour++) {
            place.strandline()
                    .and("snapshot", "--host", hour % 2 == 0 ? "web" : "mail")
                    .and("--time", "2026-03-01T0" + hour + ":00:00Z")
                    .run(source)
                    .succeedsSilently();
        }
    }

    private List<String> names(String... arguments) {
        var names = new ArrayList<String>();
        place.strandline()
                .and("list", "--json")
                .run(arguments)
                .exits(0)
                .json()
                .forEach(snapshot -> names.add(snapshot.get("name").asText()));
        return names;
    }

    @Test
    void list_last_showsTheNewestThatAreWanted() {
        assertThat(names("--last", "2")).containsExactly("20260301-040000", "20260301-050000");
        assertThat(names("--latest", "2", "--host", "web")).containsExactly("20260301-020000", "20260301-040000");
        assertThat(names("--last", "100")).hasSize(6);
        place.strandline().run("list", "--last", "0").failsSaying(2, "--last: '0' is no count", "from 1 on");
        place.strandline().run("list", "--last", "few").failsSaying(2, "--last: 'few' is no count");
    }

    @Test
    void latestAndTimes_nameTheSameAsInTheWholeList() {
        assertShown("latest", "20260301-050000");
        assertShown("latest~5", "20260301-000000");
        assertShown("@2026-03-01T03:30:00Z", "20260301-030000");
        place.strandline().run("show", "latest~6").failsSaying(1, "goes further back than the 6 snapshots");
        place.strandline().run("show", "@2026-02-01T00:00:00Z").failsSaying(1, "no snapshot is as old as");
    }

    private void assertShown(String snapshot, String name) {
        assertThat(place.strandline().run("show", snapshot).exits(0).stdout()).contains(name);
    }

    private List<Long> wouldFree(JsonNode snapshots) {
        var bytes = new ArrayList<Long>();
        snapshots.forEach(
                snapshot -> bytes.add(snapshot.path("would_free_bytes").asLong(-1)));
        return bytes;
    }

    private JsonNode list() {
        return place.strandline().run("list", "--json").exits(0).json();
    }

    @Test
    void list_showsWhatEachWouldFree_asStatsDo() throws Exception {
        byte[] content = new byte[200_000];
        for (int i = 0; i < 3; i++) {
            new Random(i).nextBytes(content);
            Files.write(place.path("source/file"), content);
            place.snapshot("source");
        }
        place.strandline().run("forget", list().get(6).get("id").asText()).succeedsSilently();
        var told = wouldFree(list());
        assertThat(told.getLast()).isBetween(200_000L, 210_000L);
        assertThat(told)
                .isEqualTo(wouldFree(place.strandline()
                        .run("stats", "--detail", "--json")
                        .exits(0)
                        .json()
                        .get("snapshots")));
        var lines =
                place.strandline().run("list", "--last", "1").exits(0).stdout().lines();
        assertThat(lines).first().asString().containsPattern("ADDED +FREES");
        // Without an index nobody waits until there is one.
        Workplace.tool("rm", "-rf", place.repository().resolve("index.rocksdb").toString());
        assertThat(wouldFree(list())).containsOnly(-1L);
        assertThat(place.strandline().run("list").exits(0).stdout()).containsPattern("KiB +-  ");
        assertThat(place.repository().resolve("index.rocksdb")).doesNotExist();
        place.strandline().run("gc").succeedsSilently();
        assertThat(wouldFree(list())).isEqualTo(told);
    }
}
