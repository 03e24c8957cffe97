package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, keys, passphrases and configurations that are links, pipes, or large; and where paths that people write lead. */
final class UserFilesIT {
    /** More than was once read of a list. */
    private static final int LARGE_BYTES = 65 << 20;

    @AutoClose
    private final Workplace place = Workplace.create();

    /** Strandline in a command line of bash, as {@code $S}. */
    private Run bash(String command) {
        return place.strandline()
                .under("bash", "-c", "S=$0; " + command)
                .in(place.path(""))
                .run();
    }

    private List<String> captured() {
        var paths = new ArrayList<String>();
        for (var line :
                place.strandline().run("ls", "-R", "latest", "--json").exits(0).jsonLines()) {
            if (line.path("type").asText().equals("file")) {
                paths.add(line.get("path").asText());
            }
        }
        return paths;
    }

    private void assertCaptured(String... names) {
        assertThat(captured())
                .containsExactlyInAnyOrder(List.of(names).stream()
                        .map(name -> place.path(name).toString())
                        .toArray(String[]::new));
    }

    private static String withComments(String last) {
        return "# a line that says nothing\n".repeat(LARGE_BYTES / 27) + last + "\n";
    }

    @Test
    void filesFrom_listOf65MiB_isReadToItsEnd() throws IOException {
        place.initialized();
        place.file("tree/last", "content");
        var list = place.file("list", withComments("tree/last"));
        place.strandline().run("snapshot", "--files-from", "list").succeedsSilently();
        assertCaptured("tree/last");
        place.strandline()
                .withInput(Files.readAllBytes(list))
                .run("snapshot", "--files-from", "-", "--force")
                .succeedsSilently();
        assertCaptured("tree/last");
    }

    @Test
    void excludeFile_listOf65MiB_isReadToItsEnd() throws IOException {
        place.initialized();
        place.file("tree/kept", "content");
        place.file("tree/secret", "content");
        place.file("list", withComments("secret"));
        place.strandline().run("snapshot", "tree", "--exclude-file", "list").succeedsSilently();
        assertCaptured("tree/kept");
    }

    @Test
    void standardInput_askedForTwice_isWrongUsage() throws IOException {
        place.initialized();
        place.file("tree/file", "content");
        var strandline = place.strandline().withInput("tree\n".getBytes(StandardCharsets.UTF_8));
        for (var options : List.of(
                List.of("--files-from", "-", "--exclude-file", "-"),
                List.of("--files-from", "-", "--files-from", "-"),
                List.of("--files-from-raw", "-", "--files-from", "/dev/stdin"),
                List.of("--exclude-file", "-", "--stdin"),
                List.of("--stdin", "--key-file", "/dev/stdin"))) {
            var words = new ArrayList<>(List.of("snapshot"));
            words.addAll(options);
            strandline.run(words.toArray(String[]::new)).failsSaying(2, "standard input can be read only once");
        }
        assertThat(place.snapshotCount()).isZero();
    }

    @Test
    void excludeFile_standardInputForConfiguredSources_counts() throws IOException {
        place.initialized();
        place.file("tree/kept", "content");
        place.file("tree/secret", "content");
        place.configured("[[source]]\npath = \"" + place.path("tree") + "\"")
                .withInput("secret\n".getBytes(StandardCharsets.UTF_8))
                .run("snapshot", "--exclude-file", "-")
                .succeedsSilently();
        assertCaptured("tree/kept");
    }

    @Test
    void lists_pipesAndLinks_areRead() throws IOException {
        place.initialized();
        place.file("tree/kept", "content");
        place.file("tree/secret", "content");
        place.file("rules", "secret\n");
        Files.createSymbolicLink(place.path("rules-link"), Path.of("rules"));
        bash("$S snapshot --files-from <(echo tree) --exclude-file rules-link").succeedsSilently();
        assertCaptured("tree/kept");
        bash("$S snapshot --files-from-raw <(printf 'tree/secret\\0') --exclude-file /dev/null")
                .succeedsSilently();
        assertCaptured("tree/secret");
        bash("$S snapshot --files-from tree").failsSaying(2, "is a directory, not a file");
        bash("$S snapshot --files-from /dev/zero").failsSaying(2, "is a device, not a file");
    }

    /** There is more to read than the quick compiler does, so the run starts over. */
    @Test
    void lists_pipesOfALargeSnapshot_areReadOnce() throws IOException {
        place.initialized();
        Files.write(place.directory("tree").resolve("large"), new byte[64 << 20]);
        place.file("tree/secret", "content");
        bash("$S snapshot --files-from <(echo tree) --exclude-file <(echo secret) --key-file <(cat key)")
                .succeedsSilently();
        assertCaptured("tree/large");
    }

    @Test
    void secretsAndConfiguration_linksAndPipes_areRead() throws IOException {
        place.file("tree/file", "content");
        place.file("password", "correct horse\n");
        place.file(
                "real.toml",
                "\ufeffrepository = \"%s\"\n[[source]]\npath = \"%s\"\n"
                        .formatted(place.path("locked"), place.path("tree")));
        Files.createSymbolicLink(place.path("linked.toml"), Path.of("real.toml"));
        bash("$S init -q -r locked --password-file <(echo correct horse)").succeedsSilently();
        Files.createSymbolicLink(place.path("password-link"), Path.of("password"));
        bash("$S snapshot tree -r locked --password-file password-link").succeedsSilently();
        bash("STRANDLINE_REPOSITORY= STRANDLINE_CONFIG=linked.toml $S snapshot --password-file <(cat password)")
                .succeedsSilently();
        bash("STRANDLINE_REPOSITORY= STRANDLINE_CONFIG=<(cat real.toml) $S snapshot --password-file password")
                .succeedsSilently();
        bash("STRANDLINE_REPOSITORY= STRANDLINE_REPOSITORY_FILE=<(echo locked) $S list --password-file password")
                .exits(0);
    }

    @Test
    void keyFile_link_countsWithThePermissionsOfWhatItLeadsTo() throws IOException {
        place.initialized();
        place.file("tree/file", "content");
        Files.createSymbolicLink(place.path("key-link"), Path.of("key"));
        bash("$S snapshot tree --key-file key-link").succeedsSilently();
        Files.setPosixFilePermissions(place.path("key"), PosixFilePermissions.fromString("rw-r-----"));
        bash("$S list --key-file key-link").failsSaying(12, "can be accessed by others: its mode is 0640");
    }

    @Test
    void passphrase_longerThanIsRead_isRefused() throws IOException {
        place.file("long", "x".repeat((64 << 10) + 1));
        bash("$S init -r other --password-file long").failsSaying(12, "has more than the 65536 bytes");
        bash("$S init -r other --password-command 'cat long'").failsSaying(12, "prints too much");
        assertThat(place.path("other")).doesNotExist();
    }

    @Test
    void parentOfALink_isWhereTheKernelGoes() throws IOException {
        place.initialized();
        place.file("data/deep/folder/file", "content");
        place.file("data/deep/x", "the kernel's");
        place.file("p/x", "the name's");
        Files.createSymbolicLink(place.path("p/l"), place.path("data/deep/folder"));
        place.strandline().run("snapshot", "p/l/../x").succeedsSilently();
        assertCaptured("data/deep/x");
        place.strandline().run("restore", "latest", "--target", "p/l/../target").succeedsSilently();
        assertThat(place.path("data/deep/target")).isDirectory();
        place.file("list", "p/l/../x\n");
        place.strandline().run("snapshot", "--files-from", "p/l/../../../list").succeedsSilently();
        assertCaptured("data/deep/x");
        place.strandline()
                .run("restore", "latest", "--target", "new/../restored")
                .succeedsSilently();
        assertThat(place.path("restored")).isDirectory();
    }

    @Test
    void deletedWorkingDirectory_absolutePathsWorkOthersAreRefused() throws IOException {
        place.initialized();
        place.file("tree/file", "content");
        var gone = "mkdir gone; cd gone; rmdir ../gone; ";
        bash(gone + "$S snapshot -q " + place.path("tree")).exits(0);
        assertCaptured("tree/file");
        bash(gone + "$S snapshot tree").failsSaying(2, "the working directory: no such file or directory");
        bash(gone + "$S run -- true").failsSaying(1, "the current folder was deleted");
        bash(gone + "STRANDLINE_CONFIG=x.toml $S config check").failsSaying(2, "the working directory");
        bash(gone + "$S list").exits(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snapshot tree --host ''",
                "snapshot tree --tag ''",
                "snapshot tree --tag 'a,,a'",
                "snapshot tree --tag 'a,'",
                "import tree --host ''",
                "import tree --tag ' '",
                "list --host ''",
                "list --tag ''",
                "status --host ''",
                "find x --host ''",
                "forget --keep-last 1 --host ''",
                "forget --keep-last 1 --tag ''",
                "forget --keep-tag ''",
                "forget --keep-tag 'a,,b'"
            })
    void emptyNames_areWrongUsage(String command) throws IOException {
        place.initialized();
        place.file("tree/file", "content");
        bash("$S " + command).failsSaying(2, "is empty");
        assertThat(place.snapshotCount()).isZero();
    }

    @Test
    void filesFrom_excludes_leaveOutWhatIsListedAndNotWhatIsNamed() throws IOException {
        place.initialized();
        for (var name : List.of("a/keep", "a/drop.log", "a/cache/x", "a/named.log", "a/other/cache")) {
            place.file(name, "content");
        }
        place.file("list", "a/keep\na/drop.log\na/cache/x\n./a/other/cache\n");
        var run = place.strandline()
                .run("snapshot", "-v", "a/named.log", "--files-from", "list", "-e", "*.log", "-e", "cache/")
                .exits(0);
        assertCaptured("a/keep", "a/named.log", "a/other/cache");
        assertThat(run.stdout())
                .contains("excluded   " + place.path("a/drop.log") + "  (pattern *.log)")
                .contains("excluded   " + place.path("a/cache/x") + "  (pattern cache/)");
        assertThat(run.stderr())
                .contains(place.path("a/named.log") + " is captured although the pattern '*.log' matches");
    }

    @Test
    void excludes_hashAndBackslash_areLiteralAndShownAsGiven() throws IOException {
        place.initialized();
        place.file("tree/#x#", "content");
        place.file("tree/file", "content");
        var run = place.strandline()
                .run("snapshot", "tree", "-e", "#x#", "-e", "a\\*b", "-e", "")
                .exits(0);
        assertThat(run.stderr()).contains("the pattern '' matches nothing: it names nothing");
        assertCaptured("tree/file");
        var shown = place.strandline().run("show", "latest", "--json").exits(0).json();
        assertThat(shown.get("excludes").toString()).isEqualTo("[\"#x#\",\"a\\\\*b\"]");
    }

    @Test
    void configCheckAndDoctor_patternsAndPathsThatCantBeMeant_areTold() throws IOException {
        Program strandline = place.configured("""
                excludes = ["./data", "[x"]
                [[source]]
                path = "/home/*"
                [[source]]
                path = "/srv/$HOME"
                """);
        assertThat(strandline.run("config", "check").exits(1).stdout())
                .contains(
                        "strandline.toml:3: the pattern './data' matches nothing",
                        "the pattern '[x' matches nothing",
                        "strandline.toml:5: '/home/*' holds what only a shell replaces",
                        "strandline.toml:7: '/srv/$HOME' holds what only a shell replaces");
        assertThat(strandline.run("doctor").stdout()).contains("the pattern './data' matches nothing");
    }
}
