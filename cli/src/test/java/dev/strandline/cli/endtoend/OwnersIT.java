package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners by number and by name, on a host where the same names have other numbers. Needs root, as giving files away does. */
final class OwnersIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void takeSnapshot() throws IOException {
        place.initialized();
        place.file("app/page", "page");
        place.file("app/number", "number");
        Workplace.tool("chown", "www-data:www-data", place.path("app/page").toString());
        Workplace.tool("chown", "54321:54321", place.path("app/number").toString());
        place.snapshot("app");
    }

    /** Strandline where {@code /etc/passwd} and {@code /etc/group} are others. */
    private Program elsewhere(String passwd, String group) throws IOException {
        var users = place.file("passwd", passwd);
        var groups = place.file("group", group);
        var script = place.file(
                "elsewhere",
                "mount --bind %s /etc/passwd && mount --bind %s /etc/group && exec \"$@\"\n".formatted(users, groups));
        return place.strandline()
                .with("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .under("unshare", "--mount", "--propagation", "private", "/bin/sh", script.toString());
    }

    private String[] restore(String target, String... more) {
        var words = new String[4 + more.length];
        words[0] = "restore";
        words[1] = "latest:" + place.path("app");
        words[2] = "--target";
        words[3] = place.path(target).toString();
        System.arraycopy(more, 0, words, 4, more.length);
        return words;
    }

    private String owner(String path) throws IOException {
        Path file = place.path(path);
        return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid");
    }

    @Test
    void restore_byName_givesFilesToTheSameNames() throws IOException {
        var elsewhere =
                elsewhere("root:x:0:0::/root:/bin/sh\nwww-data:x:4433:4434::/:\n", "root:x:0:\nwww-data:x:4434:\n");
        elsewhere.run(restore("named", "--owner", "name")).succeedsSilently();
        assertThat(owner("named/page")).isEqualTo("4433:4434");
        assertThat(owner("named/number")).isEqualTo("54321:54321");
        elsewhere.run(restore("numbered")).succeedsSilently();
        assertThat(owner("numbered/page")).isEqualTo(owner("app/page"));
    }

    @Test
    void snapshot_onAHostWithVeryManyUsers_keepsAllNames() throws IOException {
        var users = new StringBuilder("root:x:0:0::/root:/bin/sh\n");
        for (int i = 0; i < 20_000; i++) {
            users.append("user-%d:x:%d:%d::/home/%d:/bin/sh\n".formatted(i, 100_000 + i, 100_000 + i, i));
        }
        Workplace.tool("chown", "119999:54321", place.path("app/number").toString());
        elsewhere(users.toString(), "root:x:0:\n")
                .run("snapshot", "-q", place.path("app").toString())
                .succeedsSilently();
        elsewhere("user-19999:x:4455:4455::/:\n", "root:x:0:\n")
                .run(restore("named", "--owner", "name"))
                .exits(3);
        assertThat(owner("named/number")).isEqualTo("4455:54321");
    }

    @Test
    void snapshot_namesThatCantBeRead_areTold() throws IOException {
        var script = place.file("elsewhere", "mount -t tmpfs tmpfs /etc && mkdir /etc/group && exec \"$@\"\n");
        var run = place.strandline()
                .with("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .under("unshare", "--mount", "--propagation", "private", "/bin/sh", script.toString())
                .run("snapshot", "-q", place.path("app").toString());
        assertThat(run.exits(0).stderr()).contains("the names of users and groups were not kept", "/etc/group");
    }

    @Test
    void restore_byNameWhereThereIsNone_keepsTheNumberAndSaysSo() throws IOException {
        var run = elsewhere("root:x:0:0::/root:/bin/sh\n", "root:x:0:\n")
                .run(restore("named", "--owner", "name"))
                .exits(3);
        assertThat(run.stderr()).contains("this host has no user www-data", "no group www-data", "kept the number");
        assertThat(owner("named/page")).isEqualTo(owner("app/page"));
    }

    @Test
    void restore_byNameOfASnapshotWithoutNames_isRefused() {
        place.strandline()
                .withInput(new byte[] {1})
                .run("snapshot", "--stdin", "-q")
                .exits(0);
        place.strandline()
                .run("restore", "latest", "--target", place.path("x").toString(), "--owner", "name")
                .failsSaying(1, "does not know the names", "--owner id");
        place.strandline().run(restore("x", "--owner", "both")).failsSaying(2, "--owner is id or name");
    }

    @Test
    void show_owners_areThereForWhoAsks() {
        assertThat(place.strandline().run("show", "latest").exits(0).stdout()).doesNotContain("state of");
        assertThat(place.strandline()
                        .run("show", "latest", "--state", "owners")
                        .exits(0)
                        .stdout())
                .contains("user 0 root\n", "user 33 www-data\n", "group 33 www-data\n");
    }
}
