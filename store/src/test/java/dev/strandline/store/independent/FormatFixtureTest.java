package dev.strandline.store.independent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.restore.RestoreFilter;
import dev.strandline.core.restore.RestoreListener;
import dev.strandline.core.restore.RestorePlanner;
import dev.strandline.core.restore.RestoreProblem;
import dev.strandline.core.restore.Restorer;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repositories that were committed with each format version are readable for ever: by this program, and by a reader that
 * was written from {@code docs/format.md} alone.
 */
class FormatFixtureTest {
    private static final Path FIXTURES = Path.of("src/test/fixtures");

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/none",
                "v1/key-file",
                "v1/passphrase",
                "v1-differences/none",
                "v1-differences/key-file",
                "v1-differences/passphrase"
            })
    void version1_independentReader_seesWhatWasCaptured(String kind) throws Exception {
        var reader = new IndependentReader(
                FIXTURES.resolve(kind),
                kind.endsWith("key-file") ? secretText(kind) : null,
                kind.endsWith("passphrase") ? secretText(kind).strip() : null);
        var snapshots = reader.snapshots();
        assertThat(snapshots).containsOnlyKeys("first", "second");
        assertThat(snapshots.get("first")).isEqualTo(expected(kind, "first"));
        assertThat(snapshots.get("second")).isEqualTo(expected(kind, "second"));
        assertThat(reader.listedPacks()).isEqualTo(countPacks(kind));
        assertThat(reader.differences() > 0).isEqualTo(kind.startsWith("v1-differences"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1/none", "v1/key-file", "v1/passphrase", "v1-differences/none"})
    void version1_program_restoresIt(String kind) throws Exception {
        var repository = work.resolve("repository");
        copy(FIXTURES.resolve(kind), repository);
        var host = PosixFileSystem.open();
        var front = new Repositories(host, Clock.systemUTC(), new Random(1), _ -> {}, work.resolve("cache"), 2);
        try (var open = front.open(FilePath.of(repository.toString()), () -> secret(kind))
                .repository()) {
            for (var snapshot : open.snapshots().snapshots()) {
                var target = work.resolve(snapshot.record().message());
                var tree = new SnapshotTree(snapshot, open.chunks());
                var root = snapshot.record().roots().getFirst().path();
                var plan = new RestorePlanner(host, open.chunks())
                        .plan(tree, root, FilePath.of(target.toString()), RestoreFilter.ALL, false);
                new Restorer(host, open.chunks(), new IgnoringListener(), () -> false).execute(plan);
                assertFilesAsExpected(target, expected(kind, snapshot.record().message()));
            }
        }
    }

    /** Owners and devices need root, and are the round trip tests' matter. */
    private static final class IgnoringListener implements RestoreListener {
        @Override
        public void problem(RestoreProblem problem) {
            assertThat(problem.aspect()).isNotEqualTo(RestoreProblem.Aspect.DAMAGE);
        }

        @Override
        public void done(FilePath path, long bytes) {}
    }

    private static void assertFilesAsExpected(Path target, List<String> lines) throws Exception {
        int files = 0;
        for (var line : lines) {
            var fields = line.split("\\|", -1);
            if (fields[6].startsWith("f ")) {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(target.resolve(fields[0])));
                assertThat(fields[6])
                        .as(fields[0])
                        .startsWith("f " + HexFormat.of().formatHex(digest));
                files++;
            }
        }
        assertThat(files).isGreaterThan(3);
    }

    private static Optional<Secret> secret(String kind) {
        try {
            return switch (kind.substring(kind.indexOf('/') + 1)) {
                case "none" -> Optional.empty();
                case "key-file" ->
                    Optional.of(new Secret.KeyFile(
                            HexFormat.of().parseHex(secretText(kind).strip().substring("strandline-key-1:".length()))));
                default ->
                    Optional.of(new Secret.Passphrase(secretText(kind).strip().getBytes(StandardCharsets.UTF_8)));
            };
        } catch (IOException e) {
            throw new IllegalStateException("the fixture's secret can't be read", e);
        }
    }

    private static String secretText(String kind) throws IOException {
        return Files.readString(FIXTURES.resolve(kind + ".secret"));
    }

    private static List<String> expected(String kind, String snapshot) throws IOException {
        return Files.readAllLines(FIXTURES.resolve(kind + "." + snapshot + ".expected")).stream()
                .sorted()
                .toList();
    }

    private static int countPacks(String kind) throws IOException {
        try (var files = Files.walk(FIXTURES.resolve(kind).resolve("packs"))) {
            return (int) files.filter(Files::isRegularFile).count();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
