package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What begins with the quick compiler starts over with the optimising one when there is much to do. */
final class RestartIT {
    private static final long SEED = 23;
    private static final int LARGE_BYTES = 24 << 20;
    private static final int VERY_LARGE_BYTES = 49 << 20;
    /** Too many, counted as blocks. */
    private static final int MANY_FILES = 13_000;

    private static final String ONE_START = "OpenJDK Runtime Environment";

    @Test
    void snapshot_withMuchToRead_startsOverOnceAndSaysEverythingOnce() throws IOException {
        try (var place = Workplace.ofOrdinaryUser()) {
            makeSource(place);
            var secret = place.directory("source/a-secret"); // met by the walk, before there is much to read
            place.handOver();
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
            place.initialized().run("snapshot", place.path("source").toString()).exits(3);
            // All that is there is so new that it is read again.
            var run = tellingStarts(place)
                    .run("snapshot", "--json", place.path("source").toString())
                    .exits(3);
            assertThat(starts(run)).isEqualTo(2);
            assertThat(run.stderr()).containsOnlyOnce("\"during\":\"capture\"");
            assertThat(run.json().get("total_files_processed").asLong()).isEqualTo(2);
            assertThat(place.snapshotCount()).isEqualTo(2);
            assertThat(place.repository().resolve("tmp")).isEmptyDirectory();
            place.strandline().run("check", "--read-data").succeedsSilently();
        }
    }

    @Test
    void snapshot_withLittleToRead_startsOnce() throws IOException {
        try (var place = Workplace.create()) {
            place.file("source/small", "a line\n");
            place.initialized();
            place.snapshot("source");
            var run = tellingStarts(place)
                    .run("snapshot", place.path("source").toString())
                    .exits(0);
            assertThat(starts(run)).isEqualTo(1);
            place.restoreAndCompare("source", "restored");
        }
    }

    @Test
    void snapshot_theFirst_startsOverOnlyWhenThereIsVeryMuch() throws IOException {
        try (var place = Workplace.create()) {
            makeSource(place);
            place.initialized();
            var little = tellingStarts(place)
                    .run("snapshot", place.path("source").toString())
                    .exits(0);
            assertThat(starts(little)).isEqualTo(1);
            place.restoreAndCompare("source", "restored");
            makeVeryLarge(place);
            var much = tellingStarts(place)
                    .run("snapshot", place.path("source/very-large").toString())
                    .exits(0);
            assertThat(starts(much)).isEqualTo(2);
            assertThat(place.snapshotCount()).isEqualTo(2);
            place.strandline().run("check", "--read-data").succeedsSilently();
        }
    }

    @Test
    void snapshot_theFirstOfManyFiles_startsOver() throws IOException {
        try (var place = Workplace.create()) {
            for (int i = 0; i < MANY_FILES; i++) {
                place.file("source/" + i, "");
            }
            var run = place.initialized()
                    .with("STRANDLINE_JVM_OPTS", "-showversion")
                    .run("snapshot", place.path("source").toString())
                    .exits(0);
            assertThat(starts(run)).isEqualTo(2);
            assertThat(place.snapshotCount()).isEqualTo(1);
        }
    }

    @Test
    void snapshot_whenTheLauncherIsGone_goesOnWithTheQuickCompiler() throws IOException {
        try (var place = Workplace.create()) {
            makeSource(place);
            makeVeryLarge(place);
            place.initialized();
            var run = tellingStarts(place, "-Dstrandline.home=" + place.path("nowhere"))
                    .run("snapshot", place.path("source").toString())
                    .exits(0);
            assertThat(starts(run)).isEqualTo(1);
            assertThat(place.snapshotCount()).isEqualTo(1);
            place.restoreAndCompare("source", "restored");
        }
    }

    @Test
    void snapshot_verbose_namesEachFileOnce() throws IOException {
        try (var place = Workplace.create()) {
            makeSource(place);
            var run = place.initialized()
                    .run("snapshot", "-vv", place.path("source").toString())
                    .exits(0);
            assertThat(run.stdout()).containsOnlyOnce("source/small").containsOnlyOnce("source/z-large");
        }
    }

    @Test
    void snapshot_ofStandardInput_missesNothing() throws IOException {
        try (var place = Workplace.create()) {
            byte[] content = largeContent();
            place.initialized().withInput(content).run("snapshot", "--stdin").succeedsSilently();
            var dumped = place.strandline().run("dump", "latest:/stdin").exits(0);
            assertThat(dumped.stdoutBytes()).isEqualTo(content);
        }
    }

    @Test
    void snapshot_ofAListFromStandardInput_readsTheListOnce() throws IOException {
        try (var place = Workplace.create()) {
            makeSource(place);
            place.initialized()
                    .withInput((place.path("source") + "\n").getBytes(StandardCharsets.UTF_8))
                    .run("snapshot", "--files-from", "-")
                    .succeedsSilently();
            place.restoreAndCompare("source", "restored");
        }
    }

    @Test
    void snapshot_withAPassphraseThatCanBeReadOnlyOnce_opensTheRepository() throws IOException {
        try (var place = Workplace.create()) {
            makeSource(place);
            var program = place.bare()
                    .with("STRANDLINE_REPOSITORY", place.repository().toString())
                    .with("STRANDLINE_PASSWORD_FD", "0")
                    .withInput("correct horse\n".getBytes(StandardCharsets.UTF_8))
                    .under("/bin/sh", "-c", "cat | \"$@\"", "sh");
            program.run("init", "-q").exits(0);
            program.run("snapshot", place.path("source").toString()).succeedsSilently();
            assertThat(program.run("list", "--json").exits(0).json().size()).isEqualTo(1);
        }
    }

    @Test
    void restoreAndDump_startOverOnlyWhenThereIsVeryMuchToWrite() throws IOException {
        try (var place = Workplace.create()) {
            makeSource(place);
            makeVeryLarge(place);
            place.initialized();
            place.snapshot("source");
            var source = place.path("source");
            var program = tellingStarts(place);
            for (var file : List.of("z-large", "very-large")) {
                int starts = file.equals("z-large") ? 1 : 2;
                var dump = program.run("dump", "latest:" + source + "/" + file).exits(0);
                assertThat(starts(dump)).isEqualTo(starts);
                assertThat(dump.stdoutBytes()).isEqualTo(Files.readAllBytes(source.resolve(file)));
                var target = place.path("only-" + file);
                var restore = program.run("restore", "latest:" + source + "/" + file, "--target", target.toString())
                        .exits(0);
                assertThat(starts(restore)).isEqualTo(starts);
                assertThat(target.resolve(file)).hasSameBinaryContentAs(source.resolve(file));
            }
        }
    }

    @Test
    void cat_opensTheIndexWithoutOtherProcesses() throws IOException {
        try (var place = Workplace.create()) {
            place.file("source/small", "a line\n");
            place.initialized();
            place.snapshot("source");
            var called = place.path("called");
            var fake = place.file("bin/ldd", "#!/bin/sh\n: >'" + called + "'\n");
            Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
            place.strandline()
                    .with("PATH", fake.getParent() + ":/usr/bin:/bin")
                    .run("cat", "latest:" + place.path("source/small"))
                    .exits(0);
            assertThat(called).doesNotExist();
        }
    }

    private static void makeSource(Workplace place) throws IOException {
        place.file("source/small", "a line\n");
        Files.write(place.path("source/z-large"), largeContent());
    }

    private static void makeVeryLarge(Workplace place) throws IOException {
        Files.write(place.path("source/very-large"), content(VERY_LARGE_BYTES));
    }

    private static byte[] largeContent() {
        return content(LARGE_BYTES);
    }

    private static byte[] content(int bytes) {
        System.out.println("restart with seed " + SEED);
        byte[] content = new byte[bytes];
        new Random(SEED).nextBytes(content);
        return content;
    }

    private static Program tellingStarts(Workplace place, String... options) {
        return place.strandline().with("STRANDLINE_JVM_OPTS", "-showversion " + String.join(" ", options));
    }

    /** How often Java was started, in one process after another. */
    private static int starts(Run run) {
        return run.stderr().split(ONE_START, -1).length - 1;
    }
}
