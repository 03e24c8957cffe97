package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run with a configuration, as cron and systemd start it: with another locale and umask, without a home, without streams. */
final class EnvironmentIT {
    /** Two letters of Latin-1, which are no UTF-8. */
    private static final String ODD_NAME = "$(printf 'caf\\351\\340')";

    @AutoClose
    private final Workplace place = Workplace.ofOrdinaryUser();

    @BeforeEach
    void initialize() throws IOException {
        place.file("app/file", "content");
        place.directory("app/folder");
        Workplace.tool("/bin/sh", "-c", "echo odd > " + place.path("app") + "/" + ODD_NAME);
        Files.setPosixFilePermissions(place.path("app/file"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(place.path("app/folder"), PosixFilePermissions.fromString("rwxrwxrwx"));
        place.handOver();
    }

    private Program configured() throws IOException {
        var program = place.configured("[[source]]\npath = \"" + place.path("app") + "\"\n");
        place.handOver();
        return program;
    }

    private static Program inShell(Program program, String before) {
        return program.under("/bin/sh", "-c", before + "exec \"$@\"", "sh");
    }

    private void restoreAndCompare(Program program) throws IOException {
        var target = place.path("target").toString();
        program.run("restore", "latest:" + place.path("app"), "--target", target)
                .succeedsSilently();
        TreeComparison.assertSame(place.filePath("app"), place.filePath("target"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "POSIX", "C.UTF-8", "tr_TR.UTF-8", "de_DE@euro", "nonsense"})
    void snapshot_anyLocale_keepsEveryByteOfNames(String locale) throws IOException {
        var program = configured().with("LANG", locale).with("LC_ALL", locale).with("LC_CTYPE", locale);
        program.run("init", "-q").exits(0);
        program.run("snapshot").succeedsSilently();
        restoreAndCompare(program);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "027", "077"})
    void snapshot_anyUmask_neitherOpensTheRepositoryNorBlocksTheNextRun(String umask) throws IOException {
        var program = inShell(configured(), "umask " + umask + "; ");
        program.run("init", "-q").exits(0);
        program.run("snapshot").succeedsSilently();
        program.run("snapshot").succeedsSilently();
        restoreAndCompare(program);
        assertThat(permissions(place.path("key"))).isEqualTo("rw-------");
        assertThat(permissions(place.repository())).isEqualTo("rwx------");
        assertThat(permissions(place.path("home/.cache/strandline"))).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void snapshot_noHomeAtAll_works() throws IOException {
        var program = configured()
                .withoutEnvironment()
                .with("STRANDLINE_CONFIG", place.path("strandline.toml").toString());
        program.run("init", "-q").exits(0);
        for (int round = 0; round < 2; round++) {
            program.run("snapshot", "--trigger", "scheduled").succeedsSilently();
        }
        assertThat(program.run("status", "--max-age", "20m").exits(0).stdout()).contains("scheduled");
        restoreAndCompare(program);
    }

    @Test
    void snapshot_readOnlyHome_works() throws IOException {
        Files.setPosixFilePermissions(place.path("home"), PosixFilePermissions.fromString("r-xr-xr-x"));
        var program = configured();
        program.run("init", "-q").exits(0);
        for (int round = 0; round < 2; round++) {
            program.run("snapshot").succeedsSilently();
        }
        assertThat(place.path("home").toFile().list()).isEmpty();
        restoreAndCompare(program);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
    void snapshot_streamsAreClosed_isSavedAllTheSame(String closed) throws IOException {
        var program = configured();
        program.run("init", "-q").exits(0);
        inShell(program, "exec " + closed + "; ").run("snapshot").succeedsSilently();
        // The numbers of closed streams must not have been given to files of the repository.
        assertThat(program.run("check", "--read-data").exits(0).stderr()).isEmpty();
        restoreAndCompare(program);
    }

    @Test
    void list_stdoutIsClosed_failsAndSaysWhy() throws IOException {
        var program = configured();
        program.run("init", "-q").exits(0);
        program.run("snapshot").succeedsSilently();
        inShell(program, "exec >&-; ").run("list").failsSaying(1, "standard output can't be written");
        inShell(program, "exec >&-; ").run("snapshot", "--json").failsSaying(1, "standard output can't be written");
        // Without the launcher's care, a file that Java opens would get the number of standard output.
        inShell(program, "exec <&- >&- 2>&-; ").run("snapshot", "--json").exits(1);
        assertThat(program.run("list", "--json").exits(0).json()).hasSize(3);
    }

    @Test
    void snapshot_stdoutIsFull_failsAndSaysWhy() throws IOException {
        var program = configured();
        program.run("init", "-q").exits(0);
        inShell(program, "exec >/dev/full; ").run("snapshot").exits(0);
        inShell(program, "exec >/dev/full; ")
                .run("snapshot", "--json")
                .failsSaying(1, "standard output can't be written");
    }
}
