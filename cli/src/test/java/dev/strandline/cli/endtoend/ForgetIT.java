package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dropping snapshots by name and by policy. */
final class ForgetIT {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @AutoClose
    private final Workplace place = Workplace.create();

    private Path source = Path.of("/");

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        source = place.file("source/file", "content").getParent();
    }

    private Run run(String... arguments) {
        return place.strandline().with("TZ", "UTC").run(arguments);
    }

    private void snapshot(Instant time, String... more) {
        place.strandline()
                .and("snapshot", "--host", "web1", "--time", time.toString())
                .and(more)
                .run(source.toString())
                .succeedsSilently();
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        run("list", "--json")
                .exits(0)
                .json()
                .forEach(snapshot -> names.add(snapshot.get("name").asText()));
        return names;
    }

    @Test
    void forget_byRules_keepsWhatAnyRuleKeeps() {
        for (int hour = 0; hour < 72; hour += 12) {
            snapshot(START.plus(Duration.ofHours(hour)));
        }
        var before = names();
        String[] rules = {"forget", "--keep-last", "2", "--keep-daily", "2"};
        var dry =
                place.strandline().with("TZ", "UTC").and(rules).run("--dry-run").exits(0);
        assertThat(dry.stdout())
                .contains("web1 " + source)
                .containsPattern("forget +[0-9a-f]{8} +20260301-000000 .* no rule keeps it")
                .containsPattern("keep +[0-9a-f]{8} +20260302-120000 .* daily: newest of 2026-03-02")
                .containsPattern("keep +[0-9a-f]{8} +20260303-120000 .* newest of " + source
                        + "; among the last 2; daily: newest of 2026-03-03");
        assertThat(names()).isEqualTo(before);
        var json = place.strandline()
                .with("TZ", "UTC")
                .and(rules)
                .run("--json")
                .exits(0)
                .json();
        assertThat(json.get("snapshots_kept").asInt()).isEqualTo(3);
        assertThat(json.get("snapshots_forgotten").asInt()).isEqualTo(3);
        JsonNode group = json.get("groups").get(0);
        assertThat(group.get("keep")).hasSize(3);
        assertThat(group.get("remove").get(0).get("reasons").get(0).asText()).isEqualTo("no rule keeps it");
        assertThat(names()).containsExactly("20260302-120000", "20260303-000000", "20260303-120000");
        run(rules).succeedsSilently();
        assertThat(names()).hasSize(3);
    }

    @Test
    void forget_named_dropsThese() {
        for (int hour = 0; hour < 4; hour++) {
            snapshot(START.plus(Duration.ofHours(hour)));
        }
        run("forget", "20260301-000000", "latest~1").succeedsSilently();
        assertThat(names()).containsExactly("20260301-010000", "20260301-030000");
        run("forget", "20260301-010000", "20250101-000000").failsSaying(1, "no snapshot has the name 20250101-000000");
        run("forget", "latest").failsSaying(1, "is the newest of " + source, "nothing was forgotten", "--force");
        run("forget", "--dry-run", "20260301-010000").exits(0);
        assertThat(names()).hasSize(2);
        run("forget", "--force", "latest").succeedsSilently();
        assertThat(names()).containsExactly("20260301-010000");
        run("forget", "--force", "latest").failsSaying(1, "would leave no snapshot at all", "delete its folder");
        assertThat(names()).hasSize(1);
    }

    @Test
    void forget_pinned_onlyWithForce() {
        snapshot(START, "--pin");
        snapshot(START.plus(Duration.ofHours(1)));
        snapshot(START.plus(Duration.ofHours(2)));
        run("forget", "--keep-last", "1").succeedsSilently();
        assertThat(names()).containsExactly("20260301-000000", "20260301-020000");
        run("forget", "latest~1").failsSaying(1, "is pinned", "--force");
        run("forget", "-f", "latest~1").succeedsSilently();
        assertThat(names()).containsExactly("20260301-020000");
    }

    @Test
    void forget_whatCantBeMeant_exits2() {
        snapshot(START);
        List.of(
                        "forget | name snapshots, or give rules such as --keep-daily 7",
                        "forget --host web1 | name snapshots, or give rules",
                        "forget latest --keep-last 3 | either by name or by policy",
                        "forget latest --host web1 | either by name or by policy",
                        "forget --force --keep-last 3 | --force is for snapshots that are named",
                        "forget --group-by host | --group-by needs a rule",
                        "forget --keep-last 0 | --keep-last: a count of 0 keeps nothing: leave the rule out instead",
                        "forget --keep-last -1 | --keep-last: a count of -1 keeps nothing",
                        "forget --keep-daily many | --keep-daily: 'many' is no count: write a number such as 7, or unlimited",
                        "forget --keep-daily 7 --keep-daily 14 | --keep-daily",
                        "forget --keep-tag a,b --keep-tag b,a | keep-tag a,b is given twice",
                        "forget --keep-within 6m | '6m' may mean minutes or months",
                        "forget --keep-within-daily soon | --keep-within-daily: 'soon' is no age",
                        "forget --keep-versions /etc | '/etc' is not PATH=AGE, such as /etc=1y",
                        "forget --keep-versions etc=1y | 'etc' is no absolute path",
                        "forget --keep-size 0 | --keep-size: '0' is no size: write one like 50G",
                        "forget --keep-size much | 'much' is no size",
                        "forget --keep-last 1 --group-by day | 'day' is none of host, paths and tags",
                        "forget latest:/etc | dropped as a whole")
                .forEach(row -> {
                    int bar = row.indexOf(" | ");
                    run(row.substring(0, bar).split(" ", -1)).failsSaying(2, row.substring(bar + 3));
                });
        assertThat(names()).hasSize(1);
    }

    @Test
    void forget_rulesThatKeepNothingOfASource_areRefused() {
        snapshot(START, "--tag", "hand");
        snapshot(START.plus(Duration.ofHours(1)));
        place.strandline()
                .and("snapshot", "--host", "mail", "--time", START.toString())
                .run(source.toString())
                .succeedsSilently();
        run("forget", "--keep-tag", "hand")
                .failsSaying(1, "the rules keep nothing of mail " + source, "--keep-last 10");
        assertThat(names()).hasSize(3);
        run("forget", "--keep-tag", "hand", "--host", "web1").succeedsSilently();
        assertThat(names()).hasSize(3);
        run("forget", "--keep-last", "1", "--host", "web1").succeedsSilently();
        assertThat(names()).containsExactlyInAnyOrder("20260301-000000", "20260301-010000");
    }

    @Test
    void forget_configuredPolicy_isForThisHostOnly() throws IOException {
        for (var host : List.of("web1", "mail")) {
            for (int hour = 0; hour < 3; hour++) {
                place.strandline()
                        .and("snapshot", "--host", host)
                        .and("--time", START.plus(Duration.ofHours(hour)).toString())
                        .run(source.toString())
                        .succeedsSilently();
            }
        }
        Program configured = place.configured("host = \"web1\"\n[retention]\nkeep-last = 1\n");
        configured.run("forget").succeedsSilently();
        assertThat(names()).hasSize(1 + 3);
        configured = place.configured("host = \"web1\"\n[retention]\nkeep-last = 1\nall-hosts = true\n");
        configured.run("gc").succeedsSilently();
        assertThat(names()).hasSize(1 + 1);
    }

    /** Real runs on a clock that is years ahead for a while, and then years behind. */
    @Test
    void forget_afterTheClockWasWrong_keepsTheNewest() throws IOException {
        var times = List.of(
                START,
                START.plus(Duration.ofMinutes(15)),
                Instant.parse("2036-01-01T00:00:00Z"),
                START.plus(Duration.ofMinutes(45)),
                Instant.parse("1980-01-01T00:00:00Z"),
                START.plus(Duration.ofMinutes(75)));
        for (int i = 0; i < times.size(); i++) {
            Files.writeString(source.resolve("file"), "version " + i);
            place.strandline()
                    .at(times.get(i))
                    .run("snapshot", source.toString())
                    .succeedsSilently();
        }
        var now = START.plus(Duration.ofMinutes(80));
        place.strandline().at(now).run("forget", "--keep-last", "3").succeedsSilently();
        // The faked clock goes on while a command starts: its second is not for sure.
        assertThat(names().stream().map(name -> name.substring(0, "20260301-0045".length())))
                .containsExactly("19800101-0000", "20260301-0045", "20260301-0115", "20360101-0000");
        place.strandline().at(now).run("forget", "--keep-within", "1h").succeedsSilently();
        assertThat(names()).hasSize(4);
    }

    @Test
    void forget_keepVersions_keepsTheFirstWithEachVersionOfAPath() throws IOException {
        place.file("source/etc/conf", "1");
        for (int day = 0; day < 9; day++) {
            Files.writeString(source.resolve("file"), "day " + day);
            if (day % 3 == 0) {
                place.file("source/etc/conf", "version " + day);
            }
            snapshot(START.plus(Duration.ofDays(day)));
        }
        var rule = "--keep-versions=" + source + "/etc/**=1y";
        var dry = run("forget", rule, "--keep-last", "1", "--dry-run").exits(0);
        assertThat(dry.stdout()).contains("first with this version of " + source + "/etc");
        run("forget", rule, "--keep-last", "1").succeedsSilently();
        assertThat(names()).containsExactly("20260301-000000", "20260304-000000", "20260307-000000", "20260309-000000");
        run("dump", "20260304-000000:" + source + "/etc/conf").exits(0);
        place.configured("host = \"web1\"\n[retention]\nkeep-last = 1\n[retention.keep-versions]\n\"" + source
                        + "/etc\" = \"5d\"\n")
                .run("forget")
                .succeedsSilently();
        assertThat(names()).containsExactly("20260304-000000", "20260307-000000", "20260309-000000");
    }

    @Test
    void forget_keepSize_dropsTheOldestUntilItFits() throws IOException {
        long seed = System.nanoTime();
        System.out.println("contents with seed " + seed);
        var random = new Random(seed);
        for (int day = 0; day < 6; day++) {
            byte[] content = new byte[1 << 20];
            random.nextBytes(content);
            Files.write(source.resolve("file"), content);
            snapshot(START.plus(Duration.ofDays(day)));
        }
        run("forget", "--keep-size", "100M").succeedsSilently();
        assertThat(names()).hasSize(6);
        assertThat(run("forget", "--keep-size", "3500K", "--dry-run").exits(0).stdout())
                .contains("more than the budget", "no rule but the budget");
        run("forget", "--keep-size", "3500K").succeedsSilently();
        assertThat(names()).containsExactly("20260304-000000", "20260305-000000", "20260306-000000");
        run("gc").succeedsSilently();
        assertThat(place.objects().values().stream().mapToLong(Long::longValue).sum())
                .isLessThan(3500 << 10);
        run("forget", "--keep-size", "1K").succeedsSilently();
        assertThat(names()).containsExactly("20260306-000000");
    }

    @Test
    void forget_damagedRecord_isOnlyDroppedByItsId() throws IOException {
        for (int hour = 0; hour < 3; hour++) {
            snapshot(START.plus(Duration.ofHours(hour)));
        }
        String id = run("list", "--json").exits(0).json().get(1).get("id").asText();
        Path record = place.repository().resolve("snapshots").resolve(id);
        byte[] bytes = Files.readAllBytes(record);
        bytes[bytes.length / 2] ^= 1;
        Files.write(record, bytes);
        run("forget", "--keep-last", "1").failsSaying(13, "snapshots/" + id);
        assertThat(run("list").exits(13).stdout().lines()).hasSize(1 + 2);
        run("gc").failsSaying(13, "snapshots/" + id);
        run("forget", id.substring(0, 3)).exits(2);
        run("forget", id.substring(0, 6)).succeedsSilently();
        run("forget", "--keep-last", "1").succeedsSilently();
        assertThat(names()).containsExactly("20260301-020000");
        run("gc").succeedsSilently();
        run("check", "--read-data").succeedsSilently();
    }
}
