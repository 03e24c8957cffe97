package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories and keys that are not what they should be. */
final class RepositoryAccessIT {
    @AutoClose
    private final Workplace place = Workplace.create();

    private void assertStillIntact() throws IOException {
        place.restoreAndCompare("tree", "restored");
        place.strandline().run("check", "--read-data").succeedsSilently();
    }

    private void saveOneFile() throws IOException {
        place.file("tree/file", "content");
        place.initialized();
        place.snapshot("tree");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot .", "list", "dump latest:/x", "check"})
    void command_withoutRepository_exits10(String command) {
        place.strandline()
                .run(command.split(" ", -1))
                .failsSaying(10, "no repository at " + place.repository(), "strandline init");
        assertThat(place.repository()).doesNotExist();
    }

    @Test
    void restore_withoutRepository_exits10AndMakesNoTarget() {
        place.strandline().run("restore", "latest", "--target", "t").failsSaying(10, "no repository at");
        assertThat(place.path("t")).doesNotExist();
    }

    /** Strandline after a script that may mount something; the script's first argument is the program. */
    private Program after(String script) throws IOException {
        return place.strandline()
                .with("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .under(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "/bin/sh",
                        place.file("mounting", script + " && exec \"$@\"\n").toString());
    }

    @Test
    void snapshot_diskWithLittleMoreRoomThanItNeeds_isSaved() throws IOException {
        byte[] content = new byte[5_000_000];
        new Random(20).nextBytes(content);
        Files.write(place.directory("tree").resolve("file"), content);
        Files.createDirectory(place.repository());
        after("mount -t tmpfs -o size=6m none " + place.repository() + " && \"$1\" init -q")
                .run("snapshot", "tree")
                .succeedsSilently();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot tree", "forget latest~1", "gc"})
    void command_thatWritesToARepositoryThatIsReadOnly_saysSo(String command) throws IOException {
        saveOneFile();
        place.snapshot("tree");
        var readOnly = after("mount --bind -o ro %s %s".formatted(place.repository(), place.repository()));
        readOnly.run("list").exits(0);
        readOnly.run(command.split(" ", -1)).failsSaying(1, "the repository is read-only", "mounted read-only");
    }

    @Test
    void snapshot_toDirectoryThatIsNoRepository_exits10AndLeavesItAlone() throws IOException {
        place.file("repository/precious", "mine");
        place.strandline().run("snapshot", ".").failsSaying(10, "no repository at " + place.repository());
        assertThat(place.objects()).containsOnlyKeys("precious");
    }

    @Test
    void snapshot_toFile_exits10() throws IOException {
        place.file("repository", "a file");
        place.strandline().run("snapshot", ".").failsSaying(10, "no repository at " + place.repository());
        assertThat(place.repository()).hasContent("a file");
    }

    @Test
    void command_withoutNamingRepository_exits2AndSaysHow() {
        place.bare().run("list").failsSaying(2, "no repository was named", "-r DIR", "STRANDLINE_REPOSITORY");
    }

    @Test
    void snapshot_wrongPassphrase_exits12AndChangesNothing() throws IOException {
        place.file("tree/file", "content");
        place.file("right", "right\n");
        place.file("wrong", "wrong\n");
        var strandline =
                place.bare().with("STRANDLINE_REPOSITORY", place.repository().toString());
        strandline.run("init", "-q", "--password-file", "right").exits(0);
        strandline.run("snapshot", "tree", "--password-file", "right").succeedsSilently();
        var before = place.objects();
        for (var command : new String[] {"snapshot tree", "list"}) {
            strandline
                    .and(command.split(" ", -1))
                    .run("--password-file", "wrong")
                    .failsSaying(12, "wrong passphrase", "Nothing was read or changed");
        }
        assertThat(place.objects()).isEqualTo(before);
        strandline
                .run("restore", "latest:" + place.path("tree"), "--target", "restored", "--password-file", "right")
                .succeedsSilently();
        assertThat(place.path("restored/file")).hasContent("content");
    }

    @Test
    void passphrase_fromEverySource_opensTheRepository() throws IOException {
        place.file("passphrase", "bätter späße\nsecond line\n");
        var strandline =
                place.bare().with("STRANDLINE_REPOSITORY", place.repository().toString());
        strandline.run("init", "-q", "--password-file", "passphrase").exits(0);
        strandline.with("STRANDLINE_PASSWORD", "bätter späße").run("list").succeedsSilently();
        strandline
                .with("STRANDLINE_PASSWORD_FILE", place.path("passphrase").toString())
                .run("list")
                .succeedsSilently();
        strandline
                .with("STRANDLINE_PASSWORD_COMMAND", "cat " + place.path("passphrase"))
                .run("list")
                .succeedsSilently();
        strandline.run("list", "--password-command", "cat passphrase").succeedsSilently();
        strandline
                .with("STRANDLINE_PASSWORD_FD", "0")
                .withInput(Files.readAllBytes(place.path("passphrase")))
                .run("list")
                .succeedsSilently();
        strandline
                .run("list", "--password-command", "echo no >&2; exit 3")
                .failsSaying(12, "password command failed with exit code 3");
    }

    @Test
    void snapshot_wrongKeyFile_exits12() throws IOException {
        saveOneFile();
        place.strandline()
                .run("init", "-q", "-r", "other", "--key-file", "other-key")
                .exits(0);
        place.strandline()
                .run("snapshot", "tree", "--key-file", "other-key")
                .failsSaying(12, "wrong key file", "Nothing was read or changed");
        assertStillIntact();
    }

    @Test
    void snapshot_passphraseForRepositoryWithKeyFile_exits12() throws IOException {
        saveOneFile();
        place.file("passphrase", "anything");
        place.strandline().run("list", "--password-file", "passphrase").failsSaying(12, "no key slot takes");
        assertStillIntact();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----"})
    void list_keyFileThatOthersMayAccess_exits12AndSaysChmod(String permissions) throws IOException {
        saveOneFile();
        Files.setPosixFilePermissions(place.path("key"), PosixFilePermissions.fromString(permissions));
        place.strandline()
                .run("list")
                .failsSaying(12, place.path("key").toString(), "can be accessed by others", "chmod 600");
        Files.setPosixFilePermissions(place.path("key"), PosixFilePermissions.fromString("rw-------"));
        assertStillIntact();
    }

    @Test
    void init_makesKeyFileThatOnlyItsOwnerMayAccess() throws IOException {
        place.initialized();
        assertThat(Files.getPosixFilePermissions(place.path("key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void list_withoutAnyKey_exits12AndSaysHowToGiveOne() throws IOException {
        saveOneFile();
        place.bare()
                .run("list", "-r", "repository")
                .failsSaying(12, "encrypted and no key was given", "--key-file", "STRANDLINE_KEY_FILE");
    }

    @Test
    void list_missingKeyFile_exits12AndNamesIt() throws IOException {
        saveOneFile();
        place.strandline()
                .run("list", "--key-file", "no-such-key")
                .failsSaying(12, "the key file can't be read", place.path("no-such-key") + " does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "strandline-key-1:zz"})
    void list_garbageAsKeyFile_exits12AndNamesIt(String garbage) throws IOException {
        saveOneFile();
        Files.setPosixFilePermissions(place.file("garbage", garbage), PosixFilePermissions.fromString("rw-------"));
        place.strandline()
                .run("list", "--key-file", "garbage")
                .failsSaying(12, place.path("garbage") + " is not a key file", "init --key-file");
    }

    @Test
    void list_emptyPassphraseFile_exits12() throws IOException {
        saveOneFile();
        place.file("empty", "\nsecond line");
        place.strandline().run("list", "--password-file", "empty").failsSaying(12, "is empty", "first line");
    }

    @Test
    void list_keyForUnencryptedRepository_exits12() throws IOException {
        place.file("passphrase", "anything");
        place.bare()
                .run("init", "-q", "-r", "repository", "--encryption", "none")
                .exits(0);
        place.bare()
                .run("list", "-r", "repository", "--password-file", "passphrase")
                .failsSaying(12, "not encrypted", "leave the key out");
        place.bare().run("list", "-r", "repository").succeedsSilently();
    }

    @Test
    void init_twice_exits1AndKeepsTheRepository() throws IOException {
        saveOneFile();
        place.strandline().run("init").failsSaying(1, "there is a repository at " + place.repository() + " already");
        assertStillIntact();
    }

    @Test
    void init_onNonEmptyDirectory_exits1AndLeavesItAlone() throws IOException {
        place.file("repository/precious", "mine");
        place.strandline().run("init").failsSaying(1, place.repository() + " is not empty", "empty or a new");
        assertThat(place.objects()).containsOnlyKeys("precious");
        assertThat(place.path("key")).doesNotExist();
    }

    @Test
    void init_onFile_exits1() throws IOException {
        place.file("repository", "a file");
        place.strandline().run("init").failsSaying(1, place.repository() + " is not a directory");
        assertThat(place.repository()).hasContent("a file");
    }

    @Test
    void init_onEmptyDirectory_works() throws IOException {
        place.directory("repository");
        saveOneFile();
        assertStillIntact();
    }

    @Test
    void init_withoutChoosingAKey_exits2AndMakesNothing() {
        place.bare()
                .run("init", "-r", "repository")
                .failsSaying(2, "how shall the repository be encrypted?", "--key-file", "--encryption none");
        assertThat(place.repository()).doesNotExist();
    }

    @Test
    void init_unknownEncryption_exits2() {
        place.strandline().run("init", "--encryption", "rot13").failsSaying(2, "unknown --encryption 'rot13'", "none");
        assertThat(place.repository()).doesNotExist();
    }

    @Test
    void init_keyAndNoEncryption_exits2() {
        place.bare()
                .run("init", "-r", "repository", "--key-file", "key", "--encryption", "none")
                .failsSaying(2, "--encryption none takes no key");
        assertThat(place.repository()).doesNotExist();
    }

    @Test
    void environment_twoSecrets_exits2AndNamesThem() throws IOException {
        saveOneFile();
        place.strandline()
                .with("STRANDLINE_PASSWORD", "secret")
                .run("list")
                .failsSaying(2, "only one of STRANDLINE_KEY_FILE, STRANDLINE_PASSWORD");
        place.strandline()
                .with("STRANDLINE_PASSWORD", "secret")
                .run("list", "--key-file", "key")
                .exits(0);
    }

    @Test
    void options_twoSecrets_exits2() throws IOException {
        saveOneFile();
        place.bare()
                .run("list", "-r", "repository", "--key-file", "key", "--password-file", "key")
                .failsSaying(2, "exclude each other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "99999999999"})
    void environment_passwordDescriptorThatIsNoNumber_exits2(String descriptor) throws IOException {
        saveOneFile();
        place.bare()
                .with("STRANDLINE_PASSWORD_FD", descriptor)
                .run("list", "-r", "repository")
                .failsSaying(2, "STRANDLINE_PASSWORD_FD", "'" + descriptor + "'");
    }

    @Test
    void environment_passwordDescriptorThatIsNotOpen_exits12() throws IOException {
        saveOneFile();
        place.bare()
                .with("STRANDLINE_PASSWORD_FD", "77")
                .run("list", "-r", "repository")
                .failsSaying(12, "descriptor 77", "open for reading");
    }

    @Test
    void environment_repositoryFile_namesTheRepository() throws IOException {
        saveOneFile();
        place.file("name", place.repository() + "\n");
        place.bare()
                .with("STRANDLINE_REPOSITORY_FILE", place.path("name").toString())
                .with("STRANDLINE_KEY_FILE", place.path("key").toString())
                .run("check")
                .succeedsSilently();
    }
}
