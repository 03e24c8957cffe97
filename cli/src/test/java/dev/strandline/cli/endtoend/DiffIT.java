package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.VarietyTreeMaker;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.HostTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code diff} between snapshots, and with the disk. */
final class DiffIT {
    private static final String OLD_FILES = "/usr/share/common-licenses";

    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void initialize() {
        place.initialized();
    }

    private Program strandline() {
        return place.strandline();
    }

    private String app() {
        return place.path("app").toString();
    }

    private void twoSnapshots() throws IOException {
        place.file("app/conf", "one\ntwo\nthree\n");
        place.file("app/gone", "gone\n");
        place.file("app/mode", "same\n");
        place.file("app/same/file", "same\n");
        place.snapshot("app");
        place.file("app/conf", "one\n2\nthree\n");
        Files.delete(place.path("app/gone"));
        Files.setPosixFilePermissions(place.path("app/mode"), PosixFilePermissions.fromString("rw-------"));
        place.file("app/new/file", "new\n");
        place.snapshot("app");
    }

    @Test
    void diff_twoSnapshots_tellsEachPathAndSums() throws IOException {
        twoSnapshots();
        var lines = strandline()
                .run("diff", "latest~1", "latest")
                .exits(0)
                .stdout()
                .lines()
                .toList();
        assertThat(lines.subList(2, lines.size()))
                .containsExactly(
                        "M    " + app() + "/conf  (14 B -> 12 B)",
                        "-    " + app() + "/gone  (5 B)",
                        "U    " + app() + "/mode  (mode 0644 -> 0600)",
                        "+    " + app() + "/new",
                        "+    " + app() + "/new/file  (4 B)",
                        "",
                        "2 changed, added 1 file and 1 others with 16 B, removed 1 file and 0 others with 19 B");
    }

    @Test
    void diff_withMetadata_tellsDirectoriesOfOtherTimeToo() throws IOException {
        twoSnapshots();
        assertThat(strandline()
                        .run("diff", "--metadata", "latest~1", "latest")
                        .exits(0)
                        .stdout())
                .contains("U    " + app() + "  (time)\n");
    }

    @Test
    void diff_aPath_tellsNothingElse() throws IOException {
        twoSnapshots();
        assertThat(strandline()
                        .run("diff", "latest~1:" + app() + "/new", "latest")
                        .exits(0)
                        .stdout())
                .contains("+    " + app() + "/new/file")
                .doesNotContain("conf");
        strandline()
                .run("diff", "latest~1:" + app() + "/cnf", "latest")
                .failsSaying(1, "has no " + app() + "/cnf", "Nearest:\n  " + app() + "/conf");
        strandline().run("diff", "latest~1:/a", "latest:/b").failsSaying(2, "/a or /b");
    }

    @Test
    void diff_patch_isWhatPatchTakes() throws IOException {
        twoSnapshots();
        var patch =
                strandline().run("diff", "-p", "latest~1", "latest").exits(0).stdout();
        assertThat(patch).isEqualTo("""
                        --- a%1$s/conf
                        +++ b%1$s/conf
                        @@ -1,3 +1,3 @@
                         one
                        -two
                        +2
                         three
                        --- a%1$s/gone
                        +++ /dev/null
                        @@ -1 +0,0 @@
                        -gone
                        U %1$s/mode  mode 0644 -> 0600
                        + %1$s/new
                        --- /dev/null
                        +++ b%1$s/new/file
                        @@ -0,0 +1 @@
                        +new
                        """.formatted(app()));
    }

    @Test
    void diff_stat_countsLines() throws IOException {
        twoSnapshots();
        var stat = strandline()
                .run("diff", "--stat", "latest~1", "latest")
                .exits(0)
                .stdout();
        assertThat(stat)
                .contains(
                        app() + "/conf     | 2 +-\n",
                        app() + "/gone     | 1 -\n",
                        "5 paths changed, 2 lines added, 2 lines removed");
        strandline().run("diff", "--stat", "-p", "latest").failsSaying(2, "exclude each other");
    }

    @Test
    void diff_json_hasAMessageForEachAndStatistics() throws IOException {
        twoSnapshots();
        var lines = strandline()
                .run("diff", "--json", "-p", "latest~1", "latest")
                .exits(0)
                .jsonLines();
        var conf = lines.getFirst();
        assertThat(conf.get("message_type").asText()).isEqualTo("change");
        assertThat(conf.get("modifier").asText()).isEqualTo("M");
        assertThat(conf.get("before").get("size").asLong()).isEqualTo(14);
        assertThat(conf.get("patch").asText()).contains("-two\n+2\n");
        var statistics = lines.getLast();
        assertThat(statistics.get("message_type").asText()).isEqualTo("statistics");
        assertThat(statistics.get("changed_files").asLong()).isEqualTo(2);
        assertThat(statistics.get("added").get("files").asLong()).isEqualTo(1);
        assertThat(statistics.get("removed").get("bytes").asLong()).isEqualTo(19);
    }

    @Test
    void diff_withTheDisk_tellsWhatIsThereNowAndSavesNothing() throws IOException {
        twoSnapshots();
        int objects = place.objects().size();
        assertThat(strandline().run("diff", "latest").exits(0).stdout()).endsWith("\nnothing differs\n");
        place.file("app/conf", "one\n2\nfour\n");
        assertThat(strandline().run("diff", "latest", "-p").exits(0).stdout()).contains("-three\n+four\n");
        assertThat(strandline().run("diff", "latest:" + app() + "/new").exits(0).stdout())
                .endsWith("\nnothing differs\n");
        assertThat(place.objects()).hasSize(objects);
    }

    /** On files that are old enough for the files cache to trust their times. */
    @Test
    void diff_withTheDisk_opensNoFileThatTheFilesCacheKnows() throws IOException {
        HostTools.require("strace");
        strandline().run("snapshot", OLD_FILES).succeedsSilently();
        assertThat(opened()).doesNotContain("\"GPL-3\"");
        Workplace.tool("rm", "-r", place.path("home/.cache").toString());
        assertThat(opened()).contains("\"GPL-3\"");
    }

    /** What a comparison with the disk opens. */
    private String opened() throws IOException {
        var trace = place.path("trace");
        var run = strandline()
                .under("/usr/bin/strace", "-f", "-qq", "-e", "trace=openat,open", "-o", trace.toString())
                .run("diff", "latest")
                .exits(0);
        assertThat(run.stdout()).endsWith("nothing differs\n");
        return Files.readString(trace);
    }

    @Test
    void diff_ofABinaryAndALargeFile_saysSo() throws IOException {
        Files.createDirectories(place.path("app"));
        Files.write(place.path("app/binary"), new byte[] {1, 0, 2});
        place.snapshot("app");
        Files.write(place.path("app/binary"), new byte[] {1, 0, 3});
        Files.write(place.path("app/large"), "line\n".repeat(2_000_000).getBytes(StandardCharsets.UTF_8));
        assertThat(strandline().run("diff", "-p", "latest").exits(0).stdout())
                .contains("Binary files a" + app() + "/binary and b" + app() + "/binary differ")
                .contains("Binary files /dev/null and b" + app() + "/large differ");
    }

    @Test
    void diff_wrongWords_areRefused() throws IOException {
        strandline().run("diff").failsSaying(2, "one or two snapshots");
        strandline().run("diff", "latest", "latest", "latest").failsSaying(2, "one or two snapshots");
        strandline().run("diff", "latest").failsSaying(1, "no snapshots");
        place.file("app/file", "1");
        place.snapshot("app");
        strandline().run("diff", "latest:" + app() + "/flie").failsSaying(1, "has no", "Nearest:", "/file");
    }

    /** An edit script applied to a generated tree is exactly what {@code diff} tells; after going back it tells nothing. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void diff_anyEditScript_isToldExactly_andNothingAfterGoingBack(long seed) throws IOException {
        System.out.println("edit script with seed " + seed);
        VarietyTreeMaker.make(place, "app", seed);
        strandline().run("snapshot", app()).exits(0);
        var script = edit(new Random(seed));
        strandline().run("snapshot", app()).exits(0);
        assertThat(changes("latest~1", "latest")).isEqualTo(script);
        assertThat(changes("latest~1")).isEqualTo(script);
        strandline().run("restore", "latest~1", "--in-place", "--delete").exits(0);
        // The safety snapshot is the newest now.
        assertThat(changes("latest~2")).isEmpty();
        strandline().run("undo-restore").exits(0);
        assertThat(changes("latest~2")).isEmpty();
    }

    /** Letters by path, directories of other times left out. */
    private Map<String, String> changes(String... sides) {
        var words = new ArrayList<>(List.of("diff", "--json"));
        words.addAll(List.of(sides));
        var changes = new TreeMap<String, String>();
        for (var line : strandline().run(words.toArray(String[]::new)).exits(0).jsonLines()) {
            if (line.get("message_type").asText().equals("change")) {
                changes.put(line.get("path").asText(), line.get("modifier").asText());
            }
        }
        return changes;
    }

    private Map<String, String> edit(Random random) throws IOException {
        var files = new ArrayList<Path>();
        // Names and paths that Java can hold, and files with one name.
        Files.walkFileTree(place.path("app"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.toString().matches("[ -~]{1,500}")
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.toString().matches("[ -~]+") && links(file) == 1) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        Collections.shuffle(files, random);
        var script = new TreeMap<String, String>();
        for (int i = 0; i < files.size(); i++) {
            var file = files.get(i);
            String path = file.toString();
            switch (i % 6) {
                case 0 -> {
                    Files.write(file, ("edited " + random.nextLong()).getBytes(StandardCharsets.UTF_8));
                    script.put(path, "M");
                }
                case 1 -> {
                    Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt()));
                    script.put(path, "U");
                }
                case 2 -> {
                    Files.delete(file);
                    script.put(path, "-");
                }
                case 3 -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, Path.of("target" + i));
                    script.put(path, "T");
                }
                case 4 -> {
                    var added = file.resolveSibling("added-" + i);
                    Files.writeString(added, "added");
                    script.put(added.toString(), "+");
                }
                default -> {}
            }
        }
        return script;
    }

    private static int links(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
