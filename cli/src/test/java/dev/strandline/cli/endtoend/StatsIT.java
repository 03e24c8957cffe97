package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.cli.testkit.Workplace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What {@code stats} says of a repository of some days, in all its forms. */
final class StatsIT {
    private static final int DAYS = 6;
    private static final String HOSTILE = "<script>alert('x & y')</script>\u001b[2J\u202e\".js";

    @AutoClose
    private static final Workplace place = Workplace.create();

    @BeforeAll
    static void takeSnapshots() throws IOException {
        place.initialized();
        var random = new Random(11);
        byte[] bytes = new byte[100_000];
        random.nextBytes(bytes);
        place.file("tree/pages/" + HOSTILE.replace("/", "\u2215"), "alert");
        place.file("tree/same.txt", "the same words ".repeat(5000));
        Workplace.tool(
                "sh",
                "-c",
                "printf x > \"$0/$(printf 'latin\\351')\"",
                place.path("tree").toString());
        for (int day = 1; day <= DAYS; day++) {
            bytes[random.nextInt(bytes.length)]++;
            Files.write(place.directory("tree/data").resolve("edited.db"), bytes);
            byte[] own = new byte[20_000 * day];
            random.nextBytes(own);
            Files.write(place.path("tree/data/own.png"), own);
            take("tree", day, "--host", "<b>host</b>", "--tag", "day," + (day % 2 == 0 ? "even" : "odd"));
        }
        place.file("other/file", "of another place");
        take("other", DAYS, "--host", "second", "-m", "<i>message</i> & more");
    }

    private static void take(String folder, int day, String... more) {
        var words = new ArrayList<>(List.of("snapshot", folder, "--time", "2026-03-0" + day + "T0" + day + ":00:00Z"));
        words.addAll(List.of(more));
        place.strandline().run(words.toArray(new String[0])).succeedsSilently();
    }

    private static JsonNode stats(String... options) {
        return place.strandline().and("stats", "--json").run(options).exits(0).json();
    }

    private static long sum(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(each -> each.get(field).asLong())
                .sum();
    }

    @Test
    void json_amounts_addUpToWhatTheFilesTake() {
        var stats = stats();
        long total = stats.get("total_size").asLong();
        assertThat(total)
                .isEqualTo(place.objects().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        assertThat(stats.get("total_uncompressed_size").asLong()
                        - stats.get("duplicate_bytes").asLong()
                        - stats.get("delta_bytes").asLong()
                        - stats.get("compression_bytes").asLong()
                        + stats.get("tree_stored_bytes").asLong()
                        + stats.get("overhead_bytes").asLong())
                .isEqualTo(total);
        assertThat(stats.get("delta_bytes").asLong()).isGreaterThan((DAYS - 2) * 50_000L);
        assertThat(stats.get("compression_bytes").asLong()).isGreaterThan(50_000);
        assertThat(sum(stats.get("chunk_sizes"), "chunks"))
                .isEqualTo(stats.get("data_chunks").asLong());
        assertThat(sum(stats.get("chunk_sizes"), "bytes"))
                .isEqualTo(stats.get("data_plain_bytes").asLong());
    }

    @Test
    void json_daysHostsSourcesAndTags_countSnapshotsAsListDoes() {
        var stats = stats();
        var list = place.strandline().run("list", "--json").exits(0).json();
        long stored = StreamSupport.stream(list.spliterator(), false)
                .mapToLong(each -> each.get("summary").get("data_added_packed").asLong())
                .sum();
        for (var by : List.of("days", "hosts", "sources")) {
            assertThat(sum(stats.get(by), "snapshots_count")).as(by).isEqualTo(DAYS + 1L);
            assertThat(sum(stats.get(by), "data_added_packed")).as(by).isEqualTo(stored);
        }
        assertThat(stats.get("days")).hasSize(DAYS);
        assertThat(stats.get("days").get(DAYS - 1).get("snapshots_count").asInt())
                .isEqualTo(2);
        assertThat(stats.get("hosts").findValuesAsText("hostname")).containsExactly("<b>host</b>", "second");
        assertThat(stats.get("tags").findValuesAsText("tag")).containsExactlyInAnyOrder("day", "even", "odd");
        assertThat(stats.get("sources").findValuesAsText("path"))
                .containsExactly(
                        place.path("tree").toString(), place.path("other").toString());
    }

    @Test
    void json_forecast_isALineThroughTheDays() {
        var forecast = stats().get("forecast");
        assertThat(forecast.get("from").asText()).isEqualTo("2026-03-01");
        assertThat(forecast.get("to").asText()).isEqualTo("2026-03-0" + DAYS);
        long perDay = forecast.get("bytes_per_day").asLong();
        assertThat(perDay).isBetween(30_000L, 130_000L);
        assertThat(forecast.get("total_size_in_365_days").asLong())
                .isCloseTo(stats().get("total_size").asLong() + 365 * perDay, within(365L));
    }

    @Test
    void json_withoutDetail_readsNoTrees() {
        assertThat(stats().has("snapshots")).isFalse();
        assertThat(stats().has("folders")).isFalse();
    }

    @Test
    void json_detail_addsUpToWhatIsStored() {
        var stats = stats("--detail");
        long stored = stats.get("data_stored_bytes").asLong()
                + stats.get("tree_stored_bytes").asLong();
        assertThat(stats.get("unused_bytes").asLong()).isZero();
        assertThat(sum(stats.get("snapshots"), "would_free_bytes")
                        + stats.get("shared_bytes").asLong())
                .isEqualTo(stored);
        assertThat(sum(stats.get("folders"), "stored_bytes")).isLessThanOrEqualTo(stored);
        assertThat(sum(stats.get("kinds"), "stored_bytes")).isEqualTo(stored);
        var kinds = stats.get("kinds").findValuesAsText("kind");
        assertThat(kinds).contains("databases", "images", "documentation", "directories");
    }

    @Test
    void json_busiestPaths_areThoseThatChangeEveryTime() {
        var changes = stats("--detail").get("changes");
        var paths = changes.get("paths");
        assertThat(paths.findValuesAsText("path"))
                .containsExactly(
                        place.path("tree/data/edited.db").toString(),
                        place.path("tree/data/own.png").toString());
        assertThat(paths.findValuesAsText("changes")).containsOnly(Integer.toString(DAYS - 1));
        assertThat(changes.get("unnamed").asInt()).isZero();
        assertThat(changes.get("snapshots_untold").asInt()).isEqualTo(2);
        var folder = changes.get("folders").get(0);
        assertThat(folder.get("path").asText())
                .isEqualTo(place.path("tree/data").toString());
        for (int hour = 0; hour < 24; hour++) {
            int expected = hour >= 2 && hour <= DAYS ? 2 : 0;
            assertThat(folder.get("by_hour").get(hour).asInt())
                    .as("hour " + hour)
                    .isEqualTo(expected);
        }
    }

    @Test
    void json_wouldFree_isWhatGcFreesWithoutTheSnapshot() throws IOException {
        try (var other = Workplace.create()) {
            other.initialized();
            var random = new Random(13);
            for (int i = 0; i < 3; i++) {
                byte[] own = new byte[150_000];
                random.nextBytes(own);
                Files.write(other.directory("tree").resolve("own.png"), own);
                other.strandline()
                        .run("snapshot", "tree", "--time", "2026-03-0" + (i + 1) + "T00:00:00Z")
                        .succeedsSilently();
            }
            var before = detail(other);
            var middle = before.get("snapshots").get(1);
            long wouldFree = middle.get("would_free_bytes").asLong();
            assertThat(wouldFree).isGreaterThan(150_000);
            Files.delete(other.repository()
                    .resolve("snapshots")
                    .resolve(middle.get("id").asText()));
            assertThat(detail(other).get("unused_bytes").asLong()).isEqualTo(wouldFree);
            other.strandline().run("gc", "--max-unused", "0%").exits(0);
            var after = detail(other);
            assertThat(stored(before) - stored(after)).isCloseTo(wouldFree, within(wouldFree / 100));
            assertThat(after.get("unused_bytes").asLong()).isZero();
        }
    }

    private static JsonNode detail(Workplace other) {
        return other.strandline().run("stats", "--json", "--detail").exits(0).json();
    }

    private static long stored(JsonNode stats) {
        return stats.get("data_stored_bytes").asLong()
                + stats.get("tree_stored_bytes").asLong();
    }

    @Test
    void text_saysAllParts_andNothingThatSteersTheTerminal() {
        var text = place.strandline().run("stats").exits(0).stdout();
        assertThat(text)
                .contains("- duplicates", "- differences", "- compression", "+ overhead", "= repository", "ratio: ")
                .contains("2026-03-06", "grows by", "a day", "straight line", "<b>host</b>", "even")
                .doesNotContain("FREES", "\u001b");
        var detail = place.strandline().run("stats", "--detail").exits(0).stdout();
        assertThat(detail)
                .contains("FREES", "edited.db", place.path("tree/data").toString(), "databases")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void html_isOneWellFormedPageThatLoadsNothing() throws Exception {
        var file = place.path("page.html");
        place.strandline().run("stats", "--html", "page.html").succeedsSilently();
        var text = Files.readString(file);
        var page = parse(text);
        assertThat(text).doesNotContain("http:", "https:", "//", "url(", "@import", "<script", "src=", "href=");
        assertThat(text).contains("prefers-color-scheme: dark", "name=\"viewport\"");
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(elements(page, "h2"))
                .contains(
                        "Growth over time",
                        "Where the bytes are",
                        "When what changes",
                        "Retention calendar",
                        "What each snapshot alone would free");
        assertThat(page.getElementsByTagName("svg").getLength()).isGreaterThanOrEqualTo(3);
        assertThat(page.getElementsByTagName("table").getLength()).isGreaterThanOrEqualTo(6);
        var drawings = page.getElementsByTagName("svg");
        for (int i = 0; i < drawings.getLength(); i++) {
            var drawing = (Element) drawings.item(i);
            assertThat(drawing.hasAttribute("aria-label") || drawing.hasAttribute("aria-hidden"))
                    .isTrue();
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void html_hostileNames_areText() throws Exception {
        place.strandline().run("stats", "--html", "hostile.html").succeedsSilently();
        var page = parse(Files.readString(place.path("hostile.html")));
        assertThat(page.getElementsByTagName("i").getLength()).isPositive();
        assertThat(elements(page, "td")).contains("<b>host</b>", "<i>message</i> & more");
        assertThat(page.getDocumentElement().getTextContent()).doesNotContain("\u001b", "\u202e");
    }

    private static List<String> elements(Document page, String tag) {
        var texts = new ArrayList<String>();
        var all = page.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            texts.add(all.item(i).getTextContent());
        }
        return texts;
    }

    private static Document parse(String page) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void html_existingFile_isReplacedAsAWhole() throws IOException {
        var file = place.file("old.html", "old");
        place.strandline().run("stats", "--html", "old.html").succeedsSilently();
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        try (var files = Files.list(place.path(""))) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void html_placesThatCantBe_areRefusedBeforeAnythingIsRead() throws IOException {
        place.directory("folder");
        Files.createSymbolicLink(place.path("link.html"), place.path("elsewhere.html"));
        place.strandline().run("stats", "--html", "folder").failsSaying(2, "folder", "is a directory", "name the file");
        place.strandline().run("stats", "--html", "link.html").failsSaying(2, "link.html", "no regular file");
        place.strandline()
                .run("stats", "--html", "nowhere/page.html")
                .failsSaying(1, "nowhere/page.html", "no such file", "folder that exists");
    }

    @Test
    void html_emptyRepositoryAndOneSnapshot_areRight() throws Exception {
        try (var other = Workplace.create()) {
            other.initialized();
            other.strandline().run("stats", "--html", "empty.html").succeedsSilently();
            var empty = Files.readString(other.path("empty.html"));
            parse(empty);
            assertThat(empty).contains("A repository without snapshots", "0 B").doesNotContain("NaN", "Infinity");
            assertThat(other.strandline().run("stats").exits(0).stdout()).contains("= repository");
            other.file("tree/file", "content");
            other.snapshot("tree");
            other.strandline().run("stats", "--html", "one.html").succeedsSilently();
            var one = Files.readString(other.path("one.html"));
            parse(one);
            assertThat(one).contains("1 snapshot of 1 host on", "too few days").doesNotContain("NaN", "Infinity");
            assertThat(other.strandline().run("stats").exits(0).stdout()).contains("No forecast yet");
        }
    }

    @Test
    void stats_aDamagedSnapshot_isNamedAndNotCounted() throws IOException {
        try (var other = Workplace.create()) {
            other.initialized();
            other.file("tree/file", "content");
            other.snapshot("tree");
            other.file("tree/file", "content of another time");
            other.strandline()
                    .run("snapshot", "tree", "--time", "2026-01-01T00:00:00Z")
                    .succeedsSilently();
            var record = other.objects("snapshots").getFirst();
            Files.write(other.repository().resolve(record), new byte[100]);
            for (var options : List.of(List.of("stats"), List.of("stats", "--html", "page.html"))) {
                var run = other.strandline().run(options.toArray(new String[0]));
                run.exits(13);
                assertThat(run.stderr()).contains("damaged, not counted", record);
            }
            assertThat(Files.readString(other.path("page.html"))).contains("1 snapshot is damaged and not counted");
        }
    }
}
