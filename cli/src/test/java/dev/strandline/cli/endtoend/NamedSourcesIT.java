package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Workplace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of the paths that a person names. */
final class NamedSourcesIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    private String path(String name) {
        return place.path(name).toString();
    }

    private Path restored(String name) {
        String target = path("out-" + name.replace('/', '-'));
        place.strandline().run("restore", "latest", "--target", target).exits(0);
        return Path.of(target + path(name));
    }

    @Test
    void snapshot_namedInsideAnExcludedFolder_isSaved() throws Exception {
        place.file("data/f", "f");
        place.file("data/cache/keep/x", "x");
        place.file("data/cache/y", "y");
        place.initialized()
                .run("snapshot", "-e", "cache", path("data"), path("data/cache/keep"))
                .succeedsSilently();
        assertThat(restored("data/cache/keep/x")).hasContent("x");
        assertThat(restored("data/cache/y")).doesNotExist();
    }

    @Test
    void snapshot_namedInsideAndMissing_isNamedAndPartial() throws Exception {
        place.file("data/f", "f");
        var run = place.initialized().run("snapshot", path("data"), path("data/no/such"));
        run.exits(3);
        assertThat(run.stderr()).contains("not saved: " + path("data/no/such"), "no such file or directory");
    }

    @Test
    void snapshot_linkWithASlash_savesWhatItLeadsTo() throws Exception {
        place.file("real/f", "f");
        Files.createSymbolicLink(place.path("link"), Path.of("real"));
        place.initialized().run("snapshot", path("link") + "/").succeedsSilently();
        assertThat(restored("link/f")).hasContent("f");
    }

    @Test
    void snapshot_linkWithoutASlash_savesTheLinkAndSaysSo() throws Exception {
        place.file("real/f", "f");
        Files.createSymbolicLink(place.path("link"), Path.of("real"));
        var run = place.initialized().run("snapshot", path("link")).exits(0);
        assertThat(run.stderr()).contains(path("link") + " is a symbolic link, and only the link is saved");
        assertThat(restored("link")).isSymbolicLink();
    }

    @Test
    void snapshot_listOfLinks_isSilent() throws Exception {
        Files.createSymbolicLink(place.path("link"), Path.of("nowhere"));
        Files.writeString(place.path("list"), path("link") + "\n");
        place.initialized().run("snapshot", "--files-from", path("list")).succeedsSilently();
    }

    @Test
    void snapshot_linkIntoNothing_isNamedAndPartial() throws Exception {
        Files.createSymbolicLink(place.path("link"), Path.of("nowhere"));
        var run = place.initialized().run("snapshot", path("link")).exits(3);
        assertThat(run.stderr()).contains("not saved: " + path("link"), "what this symbolic link leads to");
    }

    @Test
    void configuredLink_isToldByTheRunTheCheckAndTheDoctor() throws Exception {
        place.file("real/f", "f");
        Files.createSymbolicLink(place.path("link"), Path.of("real"));
        place.initialized();
        var program = place.configured("[[source]]\npath = \"" + path("link") + "\"\n");
        assertThat(program.run("snapshot").exits(0).stderr()).contains("is a symbolic link");
        assertThat(program.run("config", "check").exits(1).stdout()).contains("is a symbolic link", path("link") + "/");
        assertThat(program.run("doctor").stdout()).contains("is a symbolic link");
        var followed = place.configured("[[source]]\npath = \"" + path("link") + "/\"\n");
        followed.run("config", "check").succeedsSilently();
        followed.run("snapshot").succeedsSilently();
        assertThat(restored("link/f")).hasContent("f");
        // What is compared and restored in place is what the link leads to, too.
        Files.writeString(place.path("real/f"), "changed");
        assertThat(followed.run("diff", "latest").exits(0).stdout()).contains(path("link/f"));
        followed.run("restore", "latest", "--in-place", "--force").exits(0);
        assertThat(place.path("link")).isSymbolicLink();
        assertThat(place.path("real/f")).hasContent("f");
    }

    @Test
    void snapshot_nameThatIsTooLong_isWrongUsage() throws Exception {
        place.file("f", "f");
        place.initialized()
                .run("snapshot", path("f"), path("n".repeat(256)))
                .failsSaying(2, "holds a name that is longer than 255 bytes");
    }

    @Test
    void snapshot_ownCacheInTheSource_isLeftOutAndNothingChanges() throws Exception {
        place.file("data/f", "f");
        var program = place.initialized().with("STRANDLINE_CACHE_DIR", path("data/cache"));
        program.run("snapshot", path("data")).exits(0);
        program.run("snapshot", path("data")).exits(0);
        var third = program.run("snapshot", "-v", "--skip-if-unchanged", path("data"))
                .exits(0);
        assertThat(third.stdout()).contains("nothing has changed");
        assertThat(third.stderr()).contains("Strandline's cache");
    }

    @Test
    void snapshot_ownMetricsFileInTheSource_isLeftOut() throws Exception {
        place.file("data/f", "f");
        place.initialized();
        var program = place.configured("metrics-file = \"" + path("data/strandline.prom") + "\"\n[[source]]\npath = \""
                + path("data") + "\"\n");
        program.run("snapshot").exits(0);
        assertThat(program.run("snapshot", "-v").exits(0).stderr()).contains("the metrics file");
        assertThat(restored("data/strandline.prom")).doesNotExist();
    }

    @Test
    void snapshot_cacheInAFolderOfOtherThings_leavesOutOnlyItsOwn() throws Exception {
        place.file("data/f", "f");
        place.initialized();
        var program = place.strandline().with("STRANDLINE_CACHE_DIR", path("data"));
        program.run("snapshot", path("data")).exits(0);
        program.run("snapshot", path("data")).exits(0);
        assertThat(restored("data/f")).hasContent("f");
        try (var names = Files.list(restored("data"))) {
            assertThat(names.map(name -> name.getFileName().toString())).containsExactly("f");
        }
    }

    @Test
    void snapshot_fileOfTheKernelWithoutSize_isReadToItsEnd() throws Exception {
        place.initialized().run("snapshot", "/proc/version").exits(0);
        place.strandline().run("restore", "latest", "--target", path("out")).exits(0);
        assertThat(Files.readString(place.path("out/proc/version"), StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(Path.of("/proc/version")));
    }
}
