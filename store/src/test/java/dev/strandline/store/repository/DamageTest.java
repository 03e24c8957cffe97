package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NewerFormatException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.restore.RestoreProblem;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each object of a repository is damaged in many ways; each damage is told by name and costs only what used it. */
class DamageTest {
    private static final long SEED = 20_261_124;

    /** Configuration and key slot have a bit flipped in each byte, the others in so many places chosen by the seed. */
    private static final int FLIPS = 12;

    /** Of these, the first ones are in the header. */
    private static final int HEADER_FLIPS = 8;

    @TempDir(factory = MemoryFolders.class)
    private static Path folder;

    private static CrashScene scene;
    private static Map<Boolean, Fixture> fixtures;

    private record Fixture(RealRepository repository, List<Snapshot> snapshots) {}

    @BeforeAll
    static void createRepositories() throws Exception {
        scene = new CrashScene(folder);
        fixtures = new HashMap<>();
        for (boolean encrypted : new boolean[] {true, false}) {
            var secret = encrypted ? Optional.of(CrashScene.KEY) : Optional.<Secret>empty();
            var repository = new RealRepository(folder.resolve("repository-" + encrypted), secret);
            repository.init();
            var first = repository.run(scene.source(1), scene.label(1));
            var second = repository.run(scene.source(2), Label.of(2, Optional.of(first.id())));
            fixtures.put(encrypted, new Fixture(repository, List.of(first, second)));
        }
    }

    private interface Damage {
        byte[] apply(byte[] object);
    }

    @TestFactory
    Stream<DynamicTest> check_objectDamaged_namesItAndTheRestRestores() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (boolean encrypted : new boolean[] {true, false}) {
            for (var object : objects(fixtures.get(encrypted).repository)) {
                tests.add(DynamicTest.dynamicTest(
                        (encrypted ? "encrypted " : "plain ") + object, () -> damageInAllWays(encrypted, object)));
            }
        }
        return tests.stream();
    }

    /** Names of all objects, the newest snapshot record last. */
    private static List<String> objects(RealRepository repository) throws IOException {
        try (var files = Files.walk(repository.folder())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> repository.folder().relativize(file).toString())
                    .filter(name ->
                            !name.startsWith("index.rocksdb") && !name.startsWith("tmp") && !name.equals("reserve"))
                    .sorted()
                    .toList();
        }
    }

    private static void damageInAllWays(boolean encrypted, String object) throws Exception {
        var fixture = fixtures.get(encrypted);
        byte[] content = Files.readAllBytes(fixture.repository.folder().resolve(object));
        var random = new Random(SEED);
        damage(fixture, object, "deleted", null, random);
        for (int length : new int[] {0, 1, 39, 40, content.length / 2, content.length - 1}) {
            if (length < content.length) {
                damage(fixture, object, "cut to " + length, bytes -> java.util.Arrays.copyOf(bytes, length), random);
            }
        }
        boolean everyByte = !object.contains("/") || object.startsWith("keys");
        for (int i = 0; i < (everyByte ? content.length : FLIPS); i++) {
            int at = everyByte || i < HEADER_FLIPS ? i : random.nextInt(content.length);
            int bit = random.nextInt(8);
            damage(
                    fixture,
                    object,
                    "bit " + bit + " of byte " + at + " flipped",
                    bytes -> flip(bytes, at, bit),
                    random);
        }
        damage(fixture, object, "garbage", bytes -> garbage(bytes.length), random);
        damage(fixture, object, "with a byte more", bytes -> java.util.Arrays.copyOf(bytes, bytes.length + 1), random);
        for (var other : objects(fixture.repository)) {
            if (!other.equals(object) && kind(other).equals(kind(object))) {
                byte[] swapped = Files.readAllBytes(fixture.repository.folder().resolve(other));
                damage(fixture, object, "replaced by " + other, _ -> swapped, random);
                break;
            }
        }
    }

    private static String kind(String object) {
        return object.replaceFirst("/.*", "");
    }

    private static byte[] flip(byte[] bytes, int at, int bit) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);
        return flipped;
    }

    private static byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    /** @param damage null to delete the object */
    private static void damage(Fixture fixture, String object, String what, Damage damage, Random random)
            throws Exception {
        var copy = scene.newFolder();
        FolderContents.copy(fixture.repository.folder(), copy);
        var file = copy.resolve(object);
        if (damage == null) {
            Files.delete(file);
        } else {
            Files.write(file, damage.apply(Files.readAllBytes(file)));
        }
        if (random.nextBoolean()) {
            FolderContents.remove(copy.resolve("index.rocksdb"));
        }
        var secret = fixture.repository.secret();
        try {
            assertTold(fixture, new RealRepository(copy, secret), object, object + " " + what + " (seed " + SEED + ")");
        } finally {
            FolderContents.remove(copy);
        }
    }

    private static void assertTold(Fixture fixture, RealRepository damaged, String object, String what)
            throws Exception {
        boolean openable = object.contains("/") && !object.startsWith("keys");
        try (var repository = damaged.open()) {
            assertThat(openable).as("opened although " + what).isTrue();
            var newest = fixture.snapshots.getLast().id();
            boolean undetectable = what.contains(" deleted") && object.equals("snapshots/" + newest);
            var report = SnapshotRuns.check(repository);
            if (!undetectable) {
                assertThat(report.damages()).as(what).isNotEmpty();
            }
            assertThat(report.damages())
                    .as(what)
                    .allSatisfy(line -> assertThat(line).startsWith(object + ": "));
            for (var snapshot : repository.snapshots().snapshots()) {
                assertRestRestores(repository, snapshot, object, what);
            }
            assertSnapshotsRemain(fixture, repository, object, what);
        } catch (DamageException e) {
            assertThat(openable).as(what + ": " + e).isFalse();
            assertThat(e.object()).as(what).isIn(object, kind(object));
        } catch (NewerFormatException e) {
            assertThat(object + what).as(what + ": " + e).contains("config", "flipped");
        } catch (RuntimeException e) {
            fail(what, e);
        }
    }

    private static void assertSnapshotsRemain(Fixture fixture, Repository repository, String object, String what)
            throws RepositoryException {
        var expected = fixture.snapshots.stream()
                .map(Snapshot::id)
                .filter(id -> !object.equals("snapshots/" + id))
                .toList();
        List<SnapshotId> found =
                repository.snapshots().snapshots().stream().map(Snapshot::id).toList();
        assertThat(found).as(what).isEqualTo(expected);
    }

    private static void assertRestRestores(Repository repository, Snapshot snapshot, String object, String what)
            throws Exception {
        var target = scene.newFolder();
        try {
            var report = SnapshotRuns.restore(repository, snapshot, target);
            var lost = report.problems().stream()
                    .map(RestoreProblem::path)
                    .map(path -> path.display())
                    .toList();
            if (!object.startsWith("packs")) {
                assertThat(lost).as(what).isEmpty();
            }
            var expected = scene.expected(CrashScene.versionOf(snapshot));
            var found = FolderContents.of(target);
            expected.forEach((path, content) -> {
                if (lost.stream()
                        .noneMatch(
                                prefix -> path.equals(prefix) || path.startsWith(prefix + "/") || prefix.equals("."))) {
                    assertThat(found).as(what).containsEntry(path, content);
                }
            });
        } finally {
            FolderContents.remove(target);
        }
    }

    @Test
    void check_newestRecordDeleted_cannotTell() throws Exception {
        var fixture = fixtures.get(true);
        var copy = scene.newFolder();
        FolderContents.copy(fixture.repository.folder(), copy);
        Files.delete(copy.resolve("snapshots/" + fixture.snapshots.getLast().id()));
        try (var repository = new RealRepository(copy).open()) {
            assertThat(SnapshotRuns.check(repository).isClean()).isTrue();
        }
    }

    @Test
    void check_parentRecordDeleted_namesIt() throws Exception {
        var fixture = fixtures.get(true);
        var parent = "snapshots/" + fixture.snapshots.getFirst().id();
        var copy = scene.newFolder();
        FolderContents.copy(fixture.repository.folder(), copy);
        Files.delete(copy.resolve(parent));
        try (var repository = new RealRepository(copy).open()) {
            assertThat(SnapshotRuns.check(repository).damages())
                    .singleElement()
                    .asString()
                    .startsWith(parent);
        }
    }
}
