package dev.strandline.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.InProcess;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.WatchedFileSystem;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Files that change between two looks at them, and ids that look alike. */
final class ChangingFilesTest {
    private static final int FILE_BYTES = 3 << 20;
    private static final long SEED = 31;

    @AutoClose
    private final Workplace place = Workplace.create();

    private final SecureRandom random = new SecureRandom();

    private InProcess direct() {
        return new InProcess(place, PosixFileSystem.open(), random);
    }

    private Path makeFile() throws IOException {
        System.out.println("changing file with seed " + SEED);
        byte[] content = new byte[FILE_BYTES];
        new Random(SEED).nextBytes(content);
        place.file("tree/other", "other");
        var file = Files.write(place.path("tree/file"), content);
        direct().run("init").exits(0);
        return file;
    }

    /** Takes a snapshot; before each call of {@code method}, {@code change} happens, {@code times} times at most. */
    private Run snapshotWhile(String method, int times, Change change) {
        var left = new AtomicInteger(times);
        var host = WatchedFileSystem.of(PosixFileSystem.open(), place.path("tree"), (called, _) -> {
            if (called.equals(method) && left.getAndDecrement() > 0) {
                change.happen();
            }
        });
        var run = new InProcess(place, host, random)
                .run("snapshot", place.path("tree").toString(), "-v");
        assertThat(left.get()).as("the change happened").isLessThan(times);
        return run;
    }

    private interface Change {
        void happen() throws IOException;
    }

    private byte[] dump() {
        return direct().run("dump", "latest:" + place.path("tree/file"))
                .exits(0)
                .stdoutBytes();
    }

    private static void append(Path file) throws IOException {
        Files.write(file, new byte[100_000], StandardOpenOption.APPEND);
    }

    private static void truncate(Path file, long size) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @Test
    void snapshot_fileGrowsOnceWhileRead_readsItAgainWhole() throws IOException {
        var file = makeFile();
        snapshotWhile("read", 1, () -> append(file)).exits(0);
        assertThat(dump()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void snapshot_fileShrinksOnceWhileRead_readsItAgainWhole() throws IOException {
        var file = makeFile();
        snapshotWhile("read", 1, () -> truncate(file, 1_000_000)).exits(0);
        assertThat(dump()).isEqualTo(Files.readAllBytes(file)).hasSize(1_000_000);
    }

    @Test
    void snapshot_fileRewrittenInPlaceWhileRead_neverMixesUnmarked() throws IOException {
        var file = makeFile();
        snapshotWhile("read", 1, () -> Files.write(file, new byte[FILE_BYTES])).exits(0);
        assertThat(dump()).isEqualTo(new byte[FILE_BYTES]);
    }

    @Test
    void snapshot_fileGrowsAtEachRead_savesAPrefixAndSaysSo() throws IOException {
        var file = makeFile();
        byte[] before = Files.readAllBytes(file);
        var run = snapshotWhile("read", Integer.MAX_VALUE, () -> append(file)).exits(0);
        assertThat(run.stderr()).contains("changed while it was read, saved as it was found: " + file);
        assertThat(dump()).startsWith(before);
        var ls = direct().run("ls", "-R", "-l", "latest").exits(0).stdout();
        assertThat(ls.lines())
                .filteredOn(line -> line.contains("(changed while read)"))
                .hasSize(1);
        assertThat(direct().run("show", "latest").exits(0).stdout()).contains("1 file changed while being read");
        var target = place.path("target");
        assertThat(direct().run("restore", "latest", "--target", target.toString())
                        .exits(0)
                        .stderr())
                .contains(target + file.toString() + " changed while the snapshot read it: it may mix two states");
        direct().run("check", "--read-data").exits(0);
        direct().run("restore", "latest", "--target", place.path("restored").toString())
                .exits(0);
    }

    @Test
    void snapshot_fileShrinksAtEachRead_savesWhatWasThereAndSaysSo() throws IOException {
        var file = makeFile();
        var run = snapshotWhile("read", Integer.MAX_VALUE, () -> truncate(file, Files.size(file) / 2))
                .exits(0);
        assertThat(run.stderr()).contains("changed while it was read, saved as it was found: " + file);
        direct().run("check", "--read-data").exits(0);
        direct().run("restore", "latest", "--target", place.path("restored").toString())
                .exits(0);
        assertThat(dump().length).isLessThan(FILE_BYTES);
    }

    @Test
    void snapshot_fileVanishesBeforeItIsOpened_leavesItOutWithoutAnError() throws IOException {
        var file = makeFile();
        var run = snapshotWhile("openFile", 1, () -> Files.deleteIfExists(file)).exits(0);
        assertThat(run.stdout()).contains("vanished", file.toString());
        assertThat(direct().run("ls", "-R", "latest").exits(0).stdout())
                .contains(place.path("tree/other").toString())
                .doesNotContain(file.toString());
    }

    @Test
    void snapshot_fileDeletedWhileRead_savesItWhole() throws IOException {
        var file = makeFile();
        byte[] content = Files.readAllBytes(file);
        snapshotWhile("nextHole", 2, () -> Files.deleteIfExists(file)).exits(0);
        assertThat(dump()).isEqualTo(content);
    }

    @Test
    void snapshot_fileReplacedByFifoBeforeItIsOpened_neverWaits() throws IOException {
        var file = makeFile();
        var run = snapshotWhile("openFile", 1, () -> {
            Files.deleteIfExists(file);
            Workplace.tool("mkfifo", file.toString());
        });
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.stderr()).contains("not saved: " + file);
        assertThat(direct().run("ls", "-R", "latest").exits(0).stdout())
                .contains(place.path("tree/other").toString());
    }

    @Test
    void snapshot_fileReplacedByRenameBeforeItIsOpened_savesTheNewOne() throws IOException {
        var file = makeFile();
        var run = snapshotWhile(
                "openFile",
                1,
                () -> Files.move(place.file("written", "as editors save"), file, StandardCopyOption.REPLACE_EXISTING));
        run.exits(0);
        assertThat(dump()).asString(StandardCharsets.UTF_8).isEqualTo("as editors save");
    }

    @Test
    void snapshot_fileReplacedBySymbolicLinkBeforeItIsOpened_neverFollows() throws IOException {
        var file = makeFile();
        place.file("secret", "secret");
        var run = snapshotWhile("openFile", 1, () -> {
            Files.deleteIfExists(file);
            Files.createSymbolicLink(file, place.path("secret"));
        });
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.stderr()).contains("not saved: " + file);
    }

    @Test
    void show_ambiguousId_exits1AndShowsTheCandidates() throws IOException {
        makeFile();
        // All ids begin with the same digits.
        RandomGenerator alike = new RandomGenerator() {
            @Override
            public long nextLong() {
                return random.nextLong();
            }

            @Override
            public void nextBytes(byte[] bytes) {
                random.nextBytes(bytes);
                if (bytes.length == SnapshotId.BYTES) {
                    bytes[0] = (byte) 0xab;
                    bytes[1] = (byte) 0xcd;
                }
            }
        };
        var strandline = new InProcess(place, PosixFileSystem.open(), alike);
        for (var message : new String[] {"one", "two"}) {
            strandline
                    .run("snapshot", "-m", message, place.path("tree").toString())
                    .succeedsSilently();
        }
        strandline.run("show", "abcd").failsSaying(1, "several snapshots have the id abcd", "one", "two");
        var id = strandline.run("show", "latest", "--json").json().get("id").asText();
        assertThat(strandline.run("show", id.substring(0, 10)).exits(0).stdout())
                .contains(id);
    }
}
