package dev.strandline.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.testkit.CaptureRun;
import dev.strandline.core.testkit.DelegatingFileSystem;
import dev.strandline.core.testkit.MemoryRepository;
import dev.strandline.core.testkit.TemporaryTree;
import dev.strandline.core.testkit.VarietyTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesCacheTest {
    /** As if the first capture had begun long after the tree was made, so that nothing in it is racy. */
    private final Instant later = Instant.now().plusSeconds(3600);

    private static final SnapshotId SNAPSHOT = new SnapshotId("ab".repeat(SnapshotId.BYTES));

    private final MemoryRepository repository = new MemoryRepository();
    private final List<String> opened = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path cacheFolder;

    private String unreadable = "";
    private TemporaryTree tree;
    private Path source;

    @BeforeEach
    void makeTree() throws IOException {
        tree = TemporaryTree.create();
        source = Path.of(tree.path().display());
        for (var folder : List.of("a", "b/inner", "c")) {
            Files.createDirectories(source.resolve(folder));
            for (int i = 0; i < 5; i++) {
                Files.writeString(source.resolve(folder).resolve("file" + i), folder + i);
            }
        }
        Files.createLink(source.resolve("c/link"), source.resolve("a/file1"));
        Files.createSymbolicLink(source.resolve("b/symlink"), Path.of("inner"));
    }

    @AfterEach
    void removeTree() throws IOException {
        tree.close();
    }

    private FilesCache cache() {
        return FilesCache.of(
                cacheFolder,
                repository.id(),
                List.of(tree.path()),
                PosixFileSystem.open().effectiveUserId());
    }

    /** Captures with whatever cache there is, and leaves a new one that claims to have begun at {@code start}. */
    private CaptureResult capture(Instant start) throws Exception {
        opened.clear();
        var earlier = cache().open();
        var recorder = cache().record(SNAPSHOT, start).orElseThrow();
        try {
            var result = new CaptureRun(repository, tree.path())
                    .host(host())
                    .memory(new CaptureMemory(earlier, Optional.of(recorder)))
                    .run();
            recorder.publish(new byte[] {1, 2, 3});
            return result;
        } finally {
            earlier.ifPresent(EarlierCapture::close);
        }
    }

    private CaptureResult withoutCache() throws Exception {
        return new CaptureRun(repository, tree.path()).host(host()).run();
    }

    private DelegatingFileSystem host() {
        return new DelegatingFileSystem(PosixFileSystem.open(), new DelegatingFileSystem.Intervention() {
            @Override
            public void beforeOpen(FilePath path) throws IOException {
                var name = path.name().display();
                if (name.equals(unreadable)) {
                    throw new IOException("unreadable");
                }
                if (name.matches("file\\d|new")) {
                    opened.add(name);
                }
            }
        });
    }

    @Test
    void run_modifiedInTheFuture_isNotReadAgain() throws Exception {
        Files.setLastModifiedTime(
                source.resolve("a/file1"),
                java.nio.file.attribute.FileTime.from(Instant.parse("2040-01-01T00:00:00Z")));
        capture(later);
        assertThat(opened).contains("file1");
        capture(later);
        assertThat(opened).isEmpty();
    }

    @Test
    void run_nothingChanged_opensNoFileAndGivesTheSameTree() throws Exception {
        var first = capture(later);
        assertThat(opened).hasSize(15);
        var second = capture(later);
        assertThat(opened).isEmpty();
        assertThat(second.roots()).isEqualTo(first.roots());
        assertThat(second.counts().filesUnmodified()).isEqualTo(first.counts().files());
        assertThat(second.counts().bytes()).isEqualTo(first.counts().bytes());
    }

    @Test
    void run_varietyTree_givesTheTreeThatIsCapturedWithoutACache() throws Exception {
        VarietyTree.create(tree.createDirectory("variety"), 7);
        capture(later);
        var cached = capture(later);
        assertThat(cached.roots()).isEqualTo(withoutCache().roots());
    }

    @Test
    void run_randomChanges_givesTheTreeThatIsCapturedWithoutACache() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        capture(later);
        for (int round = 0; round < 30; round++) {
            change(random, round);
            // A start before the changes: what has just changed is racy and is read again.
            var cached = capture(Instant.now());
            assertThat(cached.roots())
                    .as("round " + round)
                    .isEqualTo(withoutCache().roots());
        }
    }

    private void change(Random random, int round) throws IOException {
        var folder = source.resolve(List.of("a", "b", "b/inner", "c").get(random.nextInt(4)));
        Files.createDirectories(folder);
        var file = folder.resolve("file" + random.nextInt(8));
        switch (random.nextInt(6)) {
            case 0 -> Files.writeString(file, "round " + round);
            case 1 -> Files.deleteIfExists(file);
            case 2 -> Files.createDirectories(folder.resolve("new" + round).resolve("deep"));
            case 3 -> {
                Files.deleteIfExists(file);
                Files.createDirectory(file);
                Files.delete(file);
                Files.createLink(file, Files.writeString(source.resolve("linked" + round), "x" + round));
            }
            case 4 -> {
                if (Files.isDirectory(folder.resolve("inner"))) {
                    Files.move(folder.resolve("inner"), folder.resolve("moved" + round));
                }
            }
            default -> Files.setLastModifiedTime(folder, java.nio.file.attribute.FileTime.fromMillis(round * 1000L));
        }
    }

    @Test
    void run_sameSizeAndModificationTimePutBack_isNoticed() throws Exception {
        var first = capture(later);
        var file = source.resolve("a/file1");
        var modified = Files.getLastModifiedTime(file);
        Files.writeString(file, "a1".replace('a', 'z'));
        Files.setLastModifiedTime(file, modified);
        var second = capture(later);
        assertThat(opened).containsExactly("file1");
        assertThat(second.roots()).isNotEqualTo(first.roots());
        assertThat(second.counts().filesChanged()).isEqualTo(2);
    }

    @Test
    void run_nothingChanged_repeatsAllTreesWithoutWritingThem() throws Exception {
        capture(later);
        assertThat(repository.repeated()).isEmpty();
        int directories = (int) capture(later).counts().directories();
        assertThat(repository.repeated()).hasSize(directories);
    }

    @Test
    void run_oneFileChanged_writesTheTreesAboveItAndRepeatsTheOthers() throws Exception {
        capture(later);
        Files.writeString(source.resolve("b/inner/file1"), "changed");
        int directories = (int) capture(later).counts().directories();
        assertThat(repository.repeated()).hasSize(directories - 3);
    }

    @Test
    void run_lastEntryGone_isNotInTheTreeAnyMore() throws Exception {
        capture(later);
        Files.delete(source.resolve("a/file4"));
        assertThat(capture(later).roots()).isEqualTo(withoutCache().roots());
    }

    @Test
    void run_entryThatCantBeReadAnyMore_isNotInTheTreeAnyMore() throws Exception {
        var file = Files.writeString(source.resolve("a/only"), "content");
        capture(later);
        Files.writeString(file, "changed");
        unreadable = "only";
        var second = capture(later);
        assertThat(second.counts().unreadable()).isEqualTo(1);
        assertThat(second.roots()).isEqualTo(withoutCache().roots());
    }

    @Test
    void run_racyEntry_isReadAgain() throws Exception {
        capture(Instant.now());
        capture(later);
        assertThat(opened).hasSize(15);
    }

    @Test
    void run_oneFileAdded_opensThatOne() throws Exception {
        capture(later);
        Files.writeString(source.resolve("b/new"), "new");
        var second = capture(later);
        assertThat(opened).containsExactly("new");
        assertThat(second.counts().filesNew()).isEqualTo(1);
    }

    @Test
    void open_damagedOrForeignCache_isAsGoodAsNone() throws Exception {
        capture(later);
        Path file;
        try (var files = Files.walk(cacheFolder)) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] good = Files.readAllBytes(file);
        var random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] flipped = good.clone();
            flipped[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            assertThat(cache().open()).isEmpty();
            Files.write(file, Arrays.copyOf(good, random.nextInt(good.length)));
            assertThat(cache().open()).isEmpty();
        }
        Files.write(file, good);
        var again = cache().open();
        assertThat(again).isPresent();
        assertThat(again.get().snapshot()).isEqualTo(SNAPSHOT);
        assertThat(again.get().recalled()).containsExactly(1, 2, 3);
        again.get().close();
        var other = FilesCache.of(
                cacheFolder,
                "f".repeat(32),
                List.of(tree.path()),
                PosixFileSystem.open().effectiveUserId());
        assertThat(other.open()).isEmpty();
    }

    @Test
    void open_cacheThatOthersCanWrite_isNotBelieved() throws Exception {
        capture(later);
        try (var files = Files.walk(cacheFolder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        }
        assertThat(cache().open()).isEmpty();
    }

    @Test
    void racyFrom_isTwoSecondsBeforeTheStart() {
        assertThat(FilesCache.racyFrom(Instant.ofEpochSecond(100, 5))).isEqualTo(new FileTime(98, 5));
    }
}
