package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.cli.testkit.OddTree;
import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Run;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Random odd trees, captured by random rules and lists and restored: each entry is there again, or was told to be left out,
 * and what was named is there or an error. {@code -Dstrandline.seeds=200} for more of them, {@code -Dstrandline.seed=} for one
 * again.
 */
final class OddTreesIT {
    private static final int SEEDS = Integer.getInteger("strandline.seeds", 6);
    private static final long SEED = Long.getLong("strandline.seed", System.nanoTime());

    private record Option(String... words) {}

    private static final List<Option> OPTIONS = List.of(
            new Option("-x"),
            new Option("-e", "skip"),
            new Option("-e", "*.tmp"),
            new Option("-e", "/a/"),
            new Option("-e", "b"),
            new Option("--exclude-caches"),
            new Option("--exclude-if-present", ".nobackup"),
            new Option("--exclude-larger-than", "1M"));

    @Test
    void snapshot_oddTree_savesOrNamesEverything() throws IOException {
        for (int i = 0; i < SEEDS; i++) {
            System.out.println("odd tree with seed " + (SEED + i));
            tryTree(SEED + i);
        }
    }

    private static void tryTree(long seed) throws IOException {
        try (var place = Workplace.create()) {
            place.initialized();
            place.directory("tree");
            place.directory("out");
            var root = place.filePath("tree");
            boolean inMemory = Program.isRoot()
                    && HostTools.run(
                                            List.of(
                                                    "mount",
                                                    "-t",
                                                    "tmpfs",
                                                    "tmpfs",
                                                    place.path("out").toString()),
                                            Path.of("/"))
                                    .exitCode()
                            == 0;
            try (var tree = OddTree.make(root, seed)) {
                new Trial(place, root, tree, new Random(seed), seed).run();
            } finally {
                if (inMemory) {
                    HostTools.run(List.of("umount", "-l", place.path("out").toString()), Path.of("/"));
                }
            }
        }
    }

    private static final class Trial {
        private final Workplace place;
        private final FilePath root;
        private final OddTree tree;
        private final Random random;
        private final long seed;
        private final Map<FilePath, OddTree.Found> present;
        private final Set<FilePath> named = new TreeSet<>();

        Trial(Workplace place, FilePath root, OddTree tree, Random random, long seed) throws IOException {
            this.place = place;
            this.root = root;
            this.tree = tree;
            this.random = random;
            this.seed = seed;
            this.present = tree.inventory();
        }

        void run() throws IOException {
            var words = new ArrayList<>(List.of("snapshot", "--json", "-v"));
            for (var option : OPTIONS) {
                if (random.nextInt(4) == 0) {
                    words.addAll(List.of(option.words));
                }
            }
            var paths = new ArrayList<>(present.keySet());
            if (random.nextInt(3) > 0) {
                named.add(root);
            }
            int count = random.nextInt(5) + (named.isEmpty() ? 1 : 0);
            for (int i = 0; i < count; i++) {
                named.add(paths.get(random.nextInt(paths.size())));
            }
            if (random.nextInt(3) == 0) {
                named.add(FilePath.of(root.display() + "/there is/nothing"));
            }
            boolean listed = random.nextBoolean() && words.size() == 3; // rules also hold for what is listed
            if (listed) {
                var list = new ByteArrayOutputStream();
                for (var path : named) {
                    list.writeBytes(path.toBytes());
                    list.write(0);
                }
                Files.write(place.path("list"), list.toByteArray());
                words.addAll(List.of("--files-from-raw", place.path("list").toString()));
            } else {
                words.add("--");
                named.forEach(path -> words.add(ByteText.decode(path.toBytes())));
            }
            check(place.strandline().run(words.toArray(String[]::new)));
        }

        private void check(Run run) throws IOException {
            var errors = new TreeSet<FilePath>();
            for (var message : run.jsonErrors()) {
                if (message.path("message_type").asText().equals("error")) {
                    errors.add(path(message));
                }
            }
            var excluded = new TreeMap<FilePath, String>();
            for (var message : run.jsonLines()) {
                if (message.path("action").asText().equals("excluded")) {
                    excluded.put(path(message), message.path("reason").asText());
                }
            }
            if (run.exitCode() == 1) {
                // Nothing could be captured: all that was named is an error, or rules left it out of a list.
                assertThat(named).as("%d: %s", seed, run).allMatch(errors::contains);
                return;
            }
            run.exits(errors.isEmpty() ? 0 : 3);
            var restored = restored();
            var lost = new ArrayList<String>();
            for (var entry : present.entrySet()) {
                var path = entry.getKey();
                if (named.stream().noneMatch(path::startsWith) || restored.containsKey(path)) {
                    continue;
                }
                if (!isUnder(errors, path) && !isExcluded(excluded.keySet(), path)) {
                    lost.add(path.display());
                }
            }
            assertThat(lost).as("silently lost with seed %d: %s", seed, run).isEmpty();
            assertThat(named)
                    .as("named with seed %d: %s", seed, run)
                    .allMatch(path -> restored.containsKey(path) || errors.contains(path));
            excluded.forEach((path, reason) -> {
                if (reason.equals("another file system") || reason.startsWith("made up")) {
                    assertThat(restored)
                            .as("mount point, seed %d: %s", seed, run)
                            .containsKey(path);
                }
            });
            compare(restored, excluded.keySet(), run);
        }

        /** What came back is as it was, but for folders that stand for what is mounted over them. */
        private void compare(Map<FilePath, OddTree.Found> restored, Set<FilePath> excluded, Run run) {
            restored.forEach((path, found) -> {
                var original = present.get(path);
                boolean isAbove = named.stream().noneMatch(path::startsWith);
                if (!isAbove && original != null && !excluded.contains(path)) {
                    assertThat(found).as("%s, seed %d: %s", path, seed, run).isEqualTo(original);
                }
                if (original == null && !isAbove) {
                    assertThat(tree.closed())
                            .as("%s, seed %d: %s", path, seed, run)
                            .contains(path);
                    assertThat(found.type()).isEqualTo(FileType.DIRECTORY);
                }
            });
        }

        private static boolean isUnder(Set<FilePath> places, FilePath path) {
            return places.stream().anyMatch(path::startsWith);
        }

        /** Whether some rule left it out, and nothing was named between that and the entry. */
        private boolean isExcluded(Set<FilePath> excluded, FilePath path) {
            Predicate<FilePath> holds = out ->
                    path.startsWith(out) && named.stream().noneMatch(s -> s.startsWith(out) && path.startsWith(s));
            return excluded.stream().anyMatch(holds);
        }

        private Map<FilePath, OddTree.Found> restored() throws IOException {
            var out = place.filePath("out");
            place.strandline()
                    .run("restore", "latest", "--target", place.path("out").toString())
                    .exits(0);
            var restored = new TreeMap<FilePath, OddTree.Found>();
            OddTree.inventory(out, List.of())
                    .forEach((path, found) -> restored.put(FilePath.ROOT.resolve(path.relativeTo(out)), found));
            return restored;
        }

        private static FilePath path(JsonNode message) {
            var raw = message.path("item_b64");
            return FilePath.of(
                    raw.isMissingNode()
                            ? ByteText.encode(message.path("item").asText())
                            : Base64.getDecoder().decode(raw.asText()));
        }
    }
}
