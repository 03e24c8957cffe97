package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.HostTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files whose time no calendar has, on the one file system that every host has and that keeps them. */
final class FarAwayIT {
    private static final String LATEST = Long.toString(Long.MAX_VALUE);
    private static final String EARLIEST = Long.toString(Long.MIN_VALUE);

    @AutoClose
    private final Workplace place = Workplace.create();

    private Path disk = place.path("disk");
    private boolean isMounted;

    @BeforeEach
    void mount() throws IOException {
        place.initialized();
        disk = place.directory("disk");
        isMounted = Program.isRoot();
        if (isMounted) {
            Workplace.tool("mount", "-t", "tmpfs", "-o", "size=40m", "none", disk.toString());
        } else {
            var mount = HostTools.run(List.of("mount", "-t", "tmpfs", "none", disk.toString()), Path.of("/"));
            assertThat(mount.exitCode()).as("only root can make such a disk").isNotZero();
        }
    }

    @AfterEach
    void unmount() {
        if (isMounted) {
            Workplace.tool("umount", disk.toString());
        }
    }

    private void makeFiles() throws IOException {
        place.file("disk/app/early", "early\n");
        place.file("disk/app/late", "late\n");
        place.file("disk/app/ordinary", "ordinary\n");
        Workplace.tool("touch", "-d", "@" + EARLIEST, disk.resolve("app/early").toString());
        Workplace.tool("touch", "-d", "@" + LATEST, disk.resolve("app/late").toString());
        place.snapshot("disk/app");
    }

    private String modified(Path file) {
        byte[] seconds = Workplace.tool("stat", "-c", "%Y", file.toString()).stdout();
        return new String(seconds, StandardCharsets.US_ASCII).strip();
    }

    @Test
    void everyCommand_farTimes_tellsTheNearestAndAllFiles() throws IOException {
        if (!isMounted) {
            return;
        }
        makeFiles();
        String app = disk.resolve("app").toString();
        assertThat(place.strandline().run("ls", "-l", "latest:" + app).exits(0).stdout())
                .contains("9999-12-31 23:59:59", "0001-01-01 00:00:00", "ordinary");
        assertThat(place.strandline()
                        .run("ls", "--json", "latest:" + app)
                        .exits(0)
                        .stdout())
                .contains("\"mtime_s\":" + LATEST, "\"mtime_s\":" + EARLIEST, "9999-12-31T23:59:59", "ordinary");
        assertThat(place.strandline()
                        .run("find", "--json", "--newer", "2026-01-01", "late")
                        .exits(0)
                        .stdout())
                .contains("\"mtime_s\":" + LATEST);
        place.strandline().run("log", "--json", app + "/late").exits(0);
        place.strandline().run("grep", "--json", "late").exits(0);
        place.strandline().run("blame", "--json", app + "/late").exits(0);
        place.strandline().run("stats").exits(0);
        place.strandline().run("stats", "--json").exits(0);
        place.strandline().run("show", "--json", "latest").exits(0);
        place.file("disk/app/late", "later\n");
        Workplace.tool("touch", "-d", "@" + EARLIEST, app + "/late");
        place.strandline().run("diff", "--json", "latest").exits(0);
    }

    @Test
    void restore_farTimes_areExactWhereTheFileSystemHasThem() throws IOException {
        if (!isMounted) {
            return;
        }
        makeFiles();
        String app = disk.resolve("app").toString();
        place.strandline()
                .run(
                        "restore",
                        "latest:" + app,
                        "--target",
                        disk.resolve("back").toString())
                .succeedsSilently();
        assertThat(modified(disk.resolve("back/late"))).isEqualTo(LATEST);
        assertThat(modified(disk.resolve("back/early"))).isEqualTo(EARLIEST);
    }

    @Test
    void archive_farTimes_holdsAllFiles() throws IOException {
        if (!isMounted) {
            return;
        }
        makeFiles();
        for (var format : List.of("tar", "zip")) {
            var archive = place.path("archive." + format);
            place.strandline()
                    .under("sh", "-c", "\"$@\" >" + archive, "sh")
                    .run("dump", "latest:" + disk.resolve("app"), "--archive", format)
                    .exits(0);
            var target = Files.createDirectories(disk.resolve(format));
            if (format.equals("tar")) {
                Workplace.tool("tar", "-xf", archive.toString(), "-C", target.toString());
                assertThat(modified(target.resolve("late"))).isEqualTo(LATEST);
            } else {
                Workplace.tool("unzip", "-q", archive.toString(), "-d", target.toString());
            }
            assertThat(target.resolve("late")).hasContent("late\n");
            assertThat(target.resolve("early")).hasContent("early\n");
            assertThat(target.resolve("ordinary")).hasContent("ordinary\n");
        }
    }

    /** Three names of a file of nearly 8 EiB, and another: no sum of them fits. */
    @Test
    void sums_largerThanAnyNumber_stayTheLargest() throws IOException {
        if (!isMounted) {
            return;
        }
        place.file("disk/small/file", "content");
        place.snapshot("disk/small");
        place.directory("disk/huge");
        Workplace.tool(
                "truncate", "-s", "9223372036854771712", disk.resolve("huge/a").toString());
        for (int i = 0; i < 2; i++) {
            place.strandline()
                    .run("snapshot", "-f", disk.resolve("huge").toString())
                    .exits(0);
        }
        place.strandline().run("list").exits(0);
        assertThat(place.strandline().run("stats", "--json").exits(0).stdout()).contains(LATEST);
    }

    @Test
    void snapshot_timeThatNoTextHas_isRefused() throws IOException {
        place.file("app/file", "content");
        place.strandline()
                .run(
                        "snapshot",
                        "--time",
                        "+10000-01-01T00:00:00Z",
                        place.path("app").toString())
                .exits(2);
        place.strandline()
                .run(
                        "snapshot",
                        "--time",
                        "9999-12-31T23:59:59Z",
                        place.path("app").toString())
                .exits(0);
        place.strandline().run("list", "--json").exits(0);
        place.strandline().run("status").exits(0);
    }
}
