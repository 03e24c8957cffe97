package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a host is being saved, as monitoring asks it. */
final class StatusIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    private String source = "";

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        source = place.file("source/file", "content").getParent().toString();
    }

    private void snapshot(String time, String... more) {
        var program = place.strandline().and("snapshot", "--host", "web1", "--time", time);
        program.and(more).run(source).succeedsSilently();
    }

    @Test
    void status_recentSnapshot_isNotStale() {
        snapshot("2h");
        snapshot("5m", "--trigger", "scheduled");
        var run = place.strandline()
                .run("status", "--host", "web1", "--max-age", "20m")
                .exits(0);
        assertThat(run.stdout())
                .contains(
                        "host      web1",
                        "snapshots 2",
                        "5 min 0",
                        "ago, scheduled",
                        "1 file",
                        "nothing new or changed");
        assertThat(run.stderr()).isEmpty();
        var json = place.strandline()
                .run("status", "--host", "web1", "--json")
                .exits(0)
                .json();
        assertThat(json.get("age_seconds").asLong()).isBetween(300L, 900L);
        assertThat(json.get("stale").asBoolean()).isFalse();
        assertThat(json.get("newest").get("trigger").asText()).isEqualTo("scheduled");
    }

    @Test
    void status_oldSnapshot_isStale() {
        snapshot("2h");
        var run = place.strandline()
                .run("status", "--host", "web1", "--max-age", "20m")
                .exits(14);
        assertThat(run.stderr()).contains("the newest snapshot of web1 is 2 h 0", "more than 20m");
        place.strandline().run("status", "--host", "web1").exits(0);
        place.strandline().run("status", "--host", "web1", "--max-age", "3h").exits(0);
    }

    @Test
    void status_noSnapshotOfTheHost_isStale() {
        snapshot("5m");
        var run = place.strandline()
                .run("status", "--host", "web2", "--max-age", "1d")
                .exits(14);
        assertThat(run.stderr()).contains("there is no snapshot of web2");
        var json = place.strandline()
                .run("status", "--host", "web2", "--max-age", "1d", "--json")
                .exits(14)
                .json();
        assertThat(json.get("stale").asBoolean()).isTrue();
    }

    @Test
    void status_wrongAge_isRefused() {
        for (var age : new String[] {"soon", "-5m", "0m", "2099-01-01"}) {
            place.strandline().run("status", "--max-age", age).failsSaying(2, "'" + age + "' is no age");
        }
    }

    @Test
    void status_noRepository_isToldByItsExitCode() {
        place.bare().run("status", "-r", place.path("nowhere").toString()).exits(10);
    }
}
