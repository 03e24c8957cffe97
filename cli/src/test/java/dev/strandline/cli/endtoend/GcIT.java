package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.InProcess;
import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.testkit.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Freeing space, as a user asks for it. How it holds against crashes and other runs is tested below the command line. */
final class GcIT {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final long SEED = System.nanoTime();

    @AutoClose
    private final Workplace place = Workplace.create();

    private final Random random = new Random(SEED);
    private Path source = Path.of("/");

    /** Four days, each with a file of a megabyte that nothing else holds. */
    @BeforeEach
    void takeSnapshots() throws IOException {
        System.out.println("contents with seed " + SEED);
        place.initialized();
        source = place.file("source/same", "the same every day").getParent();
        for (int day = 0; day < 4; day++) {
            byte[] content = new byte[1 << 20];
            random.nextBytes(content);
            Files.write(source.resolve("file"), content);
            place.strandline()
                    .and("snapshot", "--host", "web1")
                    .and("--time", START.plus(Duration.ofDays(day)).toString())
                    .run(source.toString())
                    .succeedsSilently();
        }
    }

    private Run run(String... arguments) {
        return place.strandline().run(arguments);
    }

    private long bytes() {
        return place.objects().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void gc_freesWhatOnlyForgottenSnapshotsNeed() throws IOException {
        run("forget", "--keep-last", "2").succeedsSilently();
        long before = bytes();
        var dry = run("gc", "--dry-run", "--json").exits(0).json();
        assertThat(dry.get("dry_run").asBoolean()).isTrue();
        // The first pack holds also what all share.
        assertThat(dry.get("packs_unused").asInt()).isEqualTo(1);
        assertThat(dry.get("packs_rewritten").asInt()).isEqualTo(1);
        assertThat(bytes()).isEqualTo(before);
        var json = run("gc", "--json").exits(0).json();
        assertThat(json.get("snapshots").asInt()).isEqualTo(2);
        assertThat(json.get("bytes_freed").asLong()).isGreaterThan(2 << 20);
        assertThat(bytes()).isBetween(2L << 20, (2L << 20) + (200 << 10));
        place.restoreAndCompare("source", "restored");
        run("restore", "latest~1", "--target", place.path("older").toString()).exits(0);
        run("check", "--read-data").succeedsSilently();
        assertThat(run("gc", "-v").exits(0).stdout()).contains("0 chunks unused", "freed 0 B");
    }

    @Test
    void gc_appliesTheConfiguredPolicyFirst() throws IOException {
        var configured = place.configured("host = \"web1\"\n[retention]\nkeep-daily = 1\n");
        long before = bytes();
        var dry = configured.run("gc", "--dry-run", "--json").exits(0).json();
        assertThat(dry.get("snapshots_forgotten").asInt()).isEqualTo(3);
        assertThat(dry.get("snapshots").asInt()).isEqualTo(1);
        assertThat(dry.get("packs_unused").asInt()).isEqualTo(2);
        assertThat(dry.get("packs_rewritten").asInt()).isEqualTo(1);
        assertThat(bytes()).isEqualTo(before);
        assertThat(place.snapshotCount()).isEqualTo(4);
        assertThat(configured.run("gc", "-v").exits(0).stdout())
                .contains("the policy forgot 3 snapshots", "1 snapshot needs");
        assertThat(place.snapshotCount()).isEqualTo(1);
        assertThat(bytes()).isLessThan((1L << 20) + (200 << 10));
    }

    @Test
    void gc_outOfTime_copiesNothingAndGoesOnNextTime() {
        run("forget", "--keep-last", "2").succeedsSilently();
        run("gc", "--max-time", "1s", "--max-unused", "0%").succeedsSilently();
        run("gc").succeedsSilently();
        run("check", "--read-data").succeedsSilently();
    }

    @Test
    void gc_damagedTree_deletesNothingAndSaysWhatToDo() throws IOException {
        run("forget", "--keep-last", "2").succeedsSilently();
        for (var pack : place.objects("packs")) {
            Path file = place.repository().resolve(pack);
            byte[] content = Files.readAllBytes(file);
            for (int i = 100; i < content.length - 100; i += 50) {
                content[i] ^= 1;
            }
            Files.write(file, content);
        }
        var before = place.objects();
        run("gc")
                .failsSaying(
                        13, "nothing is deleted as long as anything can't be read", "strandline check", "gc again");
        assertThat(place.objects()).isEqualTo(before);
    }

    @Test
    void gc_objectOfANewerVersion_deletesNothing() throws IOException {
        run("forget", "--keep-last", "2").succeedsSilently();
        Path record = place.repository()
                .resolve("snapshots")
                .resolve(run("list", "--json").json().get(1).get("id").asText());
        byte[] content = Files.readAllBytes(record);
        content[5] = 99;
        Files.write(record, content);
        var before = place.objects();
        assertThat(run("gc").stderr()).contains("snapshots/", "version");
        assertThat(run("gc").exitCode()).isIn(1, 13);
        assertThat(place.objects()).isEqualTo(before);
    }

    /** On a disk of its own, which only root can mount. */
    @Test
    void gc_onAFullDisk_worksFromTheReserve() throws IOException {
        assertThat(Files.size(place.repository().resolve("reserve"))).isEqualTo(256 << 10);
        if (!Program.isRoot()) {
            return;
        }
        Path disk = place.directory("disk");
        Workplace.tool("mount", "-t", "tmpfs", "-o", "size=24m", "none", disk.toString());
        try {
            Path moved = disk.resolve("repository");
            Workplace.tool("cp", "-a", place.repository().toString(), moved.toString());
            var program = place.strandline().with("STRANDLINE_REPOSITORY", moved.toString());
            HostTools.run(List.of("dd", "if=/dev/zero", "of=" + disk.resolve("filler"), "bs=1M"), disk);
            assertThat(Files.getFileStore(disk).getUsableSpace()).isZero();
            program.run("snapshot", source.toString()).failsSaying(1, "no space left on device", "Free some space");
            program.run("forget", "--keep-last", "1").succeedsSilently();
            program.run("gc").succeedsSilently();
            assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(2 << 20);
            assertThat(Files.size(moved.resolve("reserve"))).isEqualTo(256 << 10);
            program.run("check", "--read-data").succeedsSilently();
            program.run("snapshot", source.toString()).succeedsSilently();
            // Without a reserve it can't, and says so.
            Files.delete(moved.resolve("reserve"));
            Files.delete(disk.resolve("filler"));
            HostTools.run(List.of("dd", "if=/dev/zero", "of=" + disk.resolve("filler"), "bs=1M"), disk);
            program.run("gc").failsSaying(1, "no space left on device", "Free some space");
        } finally {
            Workplace.tool("umount", disk.toString());
        }
    }

    @Test
    void snapshot_afterManyRuns_collectsByItself() throws IOException {
        var program = new InProcess(place, PosixFileSystem.open(), random);
        int most = 0;
        for (int i = 0; i < 256; i++) {
            Files.writeString(source.resolve("same"), "version " + i);
            program.run("snapshot", "--host", "web1", source.toString()).succeedsSilently();
            most = Math.max(most, place.objects("snapshots").size());
        }
        assertThat(most).isEqualTo(255);
        assertThat(place.objects("bundles")).hasSize(1);
        assertThat(place.objects("packs")).hasSizeLessThan(20);
        assertThat(place.snapshotCount()).isEqualTo(4 + 256);
        place.restoreAndCompare("source", "restored");
        run("check", "--read-data").succeedsSilently();
    }

    @Test
    void snapshot_whoseCollectionFails_isSavedAndSaysSo() throws IOException {
        for (int i = 0; i < 252; i++) {
            Files.writeString(place.repository().resolve("snapshots").resolve(String.format("%064x", i)), "no record");
        }
        run("snapshot", "--host", "web1", source.toString())
                .failsSaying(3, "the snapshot is saved, but the garbage collection that was due failed: snapshots/");
        assertThat(run("list", "--json").exits(13).json()).hasSize(5);
        place.configured("host = \"web1\"\n[gc]\nautomatic = false\n")
                .run("snapshot", "--host", "web1", source.toString())
                .succeedsSilently();
    }

    @Test
    void gc_whatCantBeMeant_exits2() {
        run("gc", "--max-unused", "120%").failsSaying(2, "'120%' is no share");
        run("gc", "--max-unused", "5").failsSaying(2, "'5' is no share");
        run("gc", "--max-time", "soon").failsSaying(2, "'soon' is no time");
        run("gc", "--max-time", "0s").failsSaying(2, "'0s' is no time");
        run("gc", "--keep-last", "3").failsSaying(2, "--keep-last");
    }
}
