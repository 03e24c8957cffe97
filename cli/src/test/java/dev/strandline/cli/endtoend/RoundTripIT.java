package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.VarietyTreeMaker;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes in comes back, whoever asks and however Strandline is started. */
final class RoundTripIT {
    private static final long SEED = 7;

    /** What opens the repository. */
    enum Opener {
        PASSPHRASE("--password-file", "passphrase"),
        KEY_FILE("--key-file", "key"),
        NONE("--encryption", "none");

        private final String option;
        private final String value;

        Opener(String option, String value) {
            this.option = option;
            this.value = value;
        }

        void initialize(Program strandline) {
            strandline.run("init", "-q", "-r", "repository", option, value).exits(0);
        }

        Program open(Program strandline, String command) {
            var opened = strandline.and(command, "-r", "repository");
            return this == NONE ? opened : opened.and(option, value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void restore_varietyTreeOfRoot_isTheSame(Opener opener) throws IOException {
        try (var place = Workplace.create()) {
            roundTrip(place, opener, place.bare());
        }
    }

    @ParameterizedTest
    @EnumSource
    void restore_varietyTreeOfOrdinaryUser_isTheSame(Opener opener) throws IOException {
        try (var place = Workplace.ofOrdinaryUser()) {
            roundTrip(place, opener, place.bare());
        }
    }

    @Test
    void restore_withoutAnyEnvironment_isTheSame() throws IOException {
        try (var place = Workplace.create()) {
            roundTrip(place, Opener.KEY_FILE, place.bare().withoutEnvironment());
        }
    }

    @Test
    void restore_ofOrdinaryUserWithoutAnyEnvironment_isTheSame() throws IOException {
        try (var place = Workplace.ofOrdinaryUser()) {
            roundTrip(place, Opener.PASSPHRASE, place.bare().withoutEnvironment());
        }
    }

    @Test
    void restore_inTheCLocale_isTheSame() throws IOException {
        try (var place = Workplace.create()) {
            roundTrip(place, Opener.KEY_FILE, place.bare().with("LC_ALL", "C").with("LANG", "C"));
        }
    }

    @Test
    void restore_byInstallationInPathWithSpaces_isTheSame() throws IOException {
        try (var place = Workplace.create()) {
            var moved = place.directory("an installation with spaces").resolve("strand line");
            Workplace.tool("cp", "-a", Program.distribution().toString(), moved.toString());
            var strandline = Program.of(moved.resolve("bin/strandline").toString())
                    .in(place.path(""))
                    .with("HOME", place.path("home").toString());
            roundTrip(place, Opener.KEY_FILE, strandline);
        }
    }

    @Test
    void restore_throughSymbolicLinkToTheCommand_isTheSame() throws IOException {
        try (var place = Workplace.create()) {
            Files.createSymbolicLink(
                    place.path("a link"), Program.distribution().resolve("bin/strandline"));
            roundTrip(
                    place,
                    Opener.NONE,
                    Program.of("./a link").in(place.path("")).withoutEnvironment());
        }
    }

    private static void roundTrip(Workplace place, Opener opener, Program strandline) throws IOException {
        VarietyTreeMaker.make(place, "tree", SEED);
        place.file("passphrase", "correct horse\n");
        place.handOver();
        opener.initialize(strandline);
        opener.open(strandline, "snapshot").run("tree").succeedsSilently();
        opener.open(strandline, "restore")
                .run("latest:" + place.path("tree"), "--target", "restored")
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath("tree"), place.filePath("restored"));
        opener.open(strandline, "check").run("--read-data").succeedsSilently();
    }

    @Test
    void restore_wholeSnapshot_keepsPathsBelowTheTarget() throws IOException {
        try (var place = Workplace.create()) {
            VarietyTreeMaker.make(place, "one/tree", SEED);
            place.file("two/file", "content");
            var strandline = place.initialized();
            strandline
                    .run(
                            "snapshot",
                            place.path("one/tree").toString(),
                            place.path("two/file").toString())
                    .succeedsSilently();
            strandline.run("restore", "latest", "--target", "restored").succeedsSilently();
            TreeComparison.assertSame(place.filePath("one/tree"), place.filePath("restored" + place.path("one/tree")));
            assertThat(place.path("restored" + place.path("two/file"))).hasContent("content");
        }
    }

    @Test
    void restore_oneFile_putsItIntoTheTarget() throws IOException {
        try (var place = Workplace.create()) {
            var file = place.file("tree/a/file", "content");
            place.file("tree/a/other", "other");
            Files.setLastModifiedTime(file, FileTime.fromMillis(-1));
            place.initialized();
            place.snapshot("tree");
            place.strandline()
                    .run("restore", "latest:" + file, "--target", "restored")
                    .succeedsSilently();
            assertThat(place.path("restored")).isDirectoryContaining("glob:**/file");
            assertThat(list(place.path("restored"))).containsExactly("file");
            assertThat(place.path("restored/file")).hasContent("content");
            assertThat(Files.getLastModifiedTime(place.path("restored/file")))
                    .isEqualTo(Files.getLastModifiedTime(file));
        }
    }

    @Test
    void restore_includedAndExcluded_bringsWhatMatches() throws IOException {
        try (var place = Workplace.create()) {
            place.file("tree/keep/a.txt", "a");
            place.file("tree/keep/b.log", "b");
            place.file("tree/keep/deep/c.txt", "c");
            place.file("tree/other/d.txt", "d");
            place.file("tree/e.log", "e");
            place.initialized();
            place.snapshot("tree");
            var restore = place.strandline().and("restore", "latest:" + place.path("tree"));
            restore.run("--target", "included", "-i", "/keep").succeedsSilently();
            assertThat(list(place.path("included")))
                    .containsExactly("keep", "keep/a.txt", "keep/b.log", "keep/deep", "keep/deep/c.txt");
            restore.run("--target", "excluded", "-e", "*.log", "-e", "/other").succeedsSilently();
            assertThat(list(place.path("excluded")))
                    .containsExactly("keep", "keep/a.txt", "keep/deep", "keep/deep/c.txt");
            restore.run("--target", "both", "-i", "*.txt", "-e", "deep").succeedsSilently();
            assertThat(list(place.path("both"))).containsExactly("keep", "keep/a.txt", "other", "other/d.txt");
            restore.run("--target", "nothing", "-i", "no-such-name").failsSaying(1, "nothing matches", "--include");
            assertThat(place.path("nothing")).doesNotExist();
        }
    }

    @Test
    void snapshot_excludePatterns_leavesThemOut() throws IOException {
        try (var place = Workplace.create()) {
            place.file("tree/a.txt", "a");
            place.file("tree/b.log", "b");
            place.file("tree/target/c.txt", "c");
            place.file("tree/cache/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");
            place.file("tree/marked/.nobackup", "");
            place.file("tree/large", "12345");
            place.initialized()
                    .run("snapshot", "tree", "-e", "*.log", "-e", "/target", "--exclude-caches")
                    .succeedsSilently();
            place.strandline()
                    .run("snapshot", "tree", "--exclude-if-present", ".nobackup", "--exclude-larger-than", "4")
                    .succeedsSilently();
            var restore = place.strandline().and("restore", "--target");
            restore.run("first", "latest~1:" + place.path("tree")).succeedsSilently();
            assertThat(list(place.path("first"))).containsExactly("a.txt", "large", "marked", "marked/.nobackup");
            restore.run("second", "latest:" + place.path("tree")).succeedsSilently();
            assertThat(list(place.path("second"))).containsExactly("a.txt", "b.log", "cache", "target", "target/c.txt");
        }
    }

    private static List<String> list(Path directory) throws IOException {
        try (var found = Files.walk(directory)) {
            return found.filter(path -> !path.equals(directory))
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void dump_ofFiles_equalsTheirBytes() throws IOException {
        try (var place = Workplace.create()) {
            VarietyTreeMaker.make(place, "tree", SEED);
            place.initialized();
            place.snapshot("tree");
            for (var name :
                    List.of("contents/random-3145728", "contents/random-0000000", "sparse/islands", "names/--help")) {
                var run = place.strandline()
                        .run("dump", "latest:" + place.path("tree").resolve(name))
                        .exits(0);
                assertThat(run.stdoutBytes())
                        .isEqualTo(Files.readAllBytes(place.path("tree").resolve(name)));
                assertThat(run.stderr()).isEmpty();
            }
            place.strandline()
                    .run("dump", "latest:" + place.path("tree/symlinks/relative"))
                    .failsSaying(1, "symlinks/relative", "not a regular file", "restore");
        }
    }

    @Test
    void arguments_thatAreNotUtf8_areTakenByteForByte() throws IOException {
        try (var place = Workplace.create()) {
            var name = ByteText.decode(new byte[] {'n', (byte) 0xff, (byte) 0xc3, '\n', '\'', 'x'});
            var other = ByteText.decode(new byte[] {'n', (byte) 0xfe});
            byte[] content = {4, 5, 6};
            try (var root = PosixFileSystem.open().openDirectory(place.filePath(""))) {
                try (var directory = root.createDirectory(FileName.of(name));
                        var file = directory.createFile(FileName.of(other))) {
                    file.write(0, content, 0, content.length);
                }
                var strandline = place.bare()
                        .with("STRANDLINE_KEY_FILE", place.path("key").toString());
                // The repository too: its index can't be inside then.
                strandline.run("init", "-q", "-r", "r" + name).exits(0);
                strandline.run("snapshot", "-r", "r" + name, name).succeedsSilently();
                var source = "latest:" + place.path("") + "/" + name;
                var restore = strandline.and("restore", "-r", "r" + name, source, "--target");
                restore.run("t" + name).succeedsSilently();
                restore.run("without", "-e", other).succeedsSilently();
                assertThat(place.path("without")).isEmptyDirectory();
                assertThat(strandline
                                .run("dump", "-r", "r" + name, source + "/" + other)
                                .exits(0)
                                .stdoutBytes())
                        .isEqualTo(content);
                root.rename(FileName.of(name), root, FileName.of("tree"), true);
                root.rename(FileName.of("t" + name), root, FileName.of("restored"), true);
            }
            TreeComparison.assertSame(place.filePath("tree"), place.filePath("restored"));
        }
    }

    @Test
    void snapshot_ofStandardInput_isDumpedAgain() throws IOException {
        try (var place = Workplace.create()) {
            byte[] input = new byte[3_000_000];
            new Random(SEED).nextBytes(input);
            place.initialized()
                    .withInput(input)
                    .run("snapshot", "--stdin", "--stdin-filename", "dump.sql")
                    .succeedsSilently();
            assertThat(place.strandline()
                            .run("dump", "latest:/dump.sql")
                            .exits(0)
                            .stdoutBytes())
                    .isEqualTo(input);
        }
    }
}
