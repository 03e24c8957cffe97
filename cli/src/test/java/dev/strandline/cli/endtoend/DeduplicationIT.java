package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.VarietyTreeMaker;
import dev.strandline.cli.testkit.Workplace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is there already is not stored again. */
final class DeduplicationIT {
    private static final long SEED = 23;
    private static final int MIB = 1 << 20;
    private static final String REPOSITORY_ID = "5744a1d1e5000000000000000000001d";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void snapshot_sameTreeTwice_addsOnlyASnapshotRecord() throws IOException {
        try (var place = Workplace.create()) {
            VarietyTreeMaker.make(place, "tree", SEED);
            place.initialized();
            place.snapshot("tree");
            var before = place.objects();
            var summary = place.strandline()
                    .run("snapshot", "tree", "--json")
                    .exits(0)
                    .json();
            var after = place.objects();
            var added = new HashSet<>(after.keySet());
            added.removeAll(before.keySet());
            assertThat(added).singleElement().asString().startsWith("snapshots/");
            assertThat(after).containsAllEntriesOf(before);
            assertThat(place.objects("tmp")).isEmpty();
            assertThat(summary.get("data_added").asLong()).isZero();
            assertThat(summary.get("files_new").asLong()).isZero();
            assertThat(summary.get("files_changed").asLong()).isZero();
            // Nor does a snapshot that compares with none.
            place.strandline().run("snapshot", "--force", "tree").succeedsSilently();
            assertThat(place.objects()).hasSize(after.size() + 1);
        }
    }

    /** The distribution itself, which is old enough that no entry's time is too close to be trusted. */
    @Test
    void snapshot_nothingChanged_writesOneSmallObjectAndOpensNoIndex() throws IOException {
        try (var place = Workplace.create()) {
            place.initialized();
            var source = Path.of(System.getProperty("strandline.dist"), "runtime", "conf");
            place.strandline().run("snapshot", source.toString()).succeedsSilently();
            var before = place.objects();
            assertThat(deleteTree(place.path("repository").resolve("index.rocksdb")))
                    .isPositive();
            place.strandline().run("snapshot", source.toString()).succeedsSilently();
            var added = new HashMap<>(place.objects());
            added.keySet().removeAll(before.keySet());
            assertThat(added.keySet()).singleElement().asString().startsWith("snapshots/");
            assertThat(Files.size(place.path("repository")
                            .resolve(added.keySet().iterator().next())))
                    .isLessThan(1024);
            assertThat(place.path("repository").resolve("index.rocksdb")).doesNotExist();
            place.strandline().run("check", "--read-data").succeedsSilently();
        }
    }

    private static int deleteTree(Path tree) throws IOException {
        int deleted = 0;
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
                deleted++;
            }
        }
        return deleted;
    }

    @Test
    void snapshot_insertionAtTheFrontOfALargeFile_addsLessThanAMebibyte() throws IOException {
        try (var place = Workplace.create()) {
            System.out.println("large file with seed " + SEED);
            var file = place.directory("tree").resolve("large");
            var random = new Random(SEED);
            write(file, new byte[0], random, 1024);
            var program = unencrypted(place, REPOSITORY_ID);
            program.run("snapshot", "tree").succeedsSilently();
            long before = totalBytes(place);
            byte[] inserted = new byte[1024];
            new Random(SEED + 1).nextBytes(inserted);
            write(file, inserted, new Random(SEED), 1024);
            var summary = program.run("snapshot", "tree", "--json").exits(0).json();
            assertThat(summary.get("total_bytes_processed").asLong()).isEqualTo(1024L * MIB + 1024);
            assertThat(summary.get("data_added").asLong()).isPositive().isLessThan(MIB);
            assertThat(totalBytes(place) - before).isPositive().isLessThan(MIB);
            var dumped = program.under("/bin/sh", "-c", "exec \"$@\" | cmp - " + file, "sh")
                    .run("dump", "latest:" + file);
            assertThat(dumped.exits(0).stdout()).isEmpty();
        }
    }

    /** A repository of a known id, and so of a known gear table: where chunks end doesn't differ from run to run. */
    private static Program unencrypted(Workplace place, String id) throws IOException {
        var program =
                place.bare().with("STRANDLINE_REPOSITORY", place.repository().toString());
        program.run("init", "-q", "--encryption", "none").exits(0);
        var configuration = place.repository().resolve("config");
        var json = (ObjectNode) JSON.readTree(Files.readString(configuration));
        json.put("id", id).remove("checksum");
        json.put("checksum", sha256(JSON.writeValueAsBytes(json)));
        Files.writeString(configuration, json.toPrettyString() + "\n");
        return program;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void write(Path file, byte[] front, Random random, int mebibytes) throws IOException {
        byte[] block = new byte[MIB];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), MIB)) {
            out.write(front);
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }

    private static long totalBytes(Workplace place) {
        return place.objects().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void snapshot_renamedFolder_addsOnlyTreeEntries() throws IOException {
        try (var place = Workplace.create()) {
            VarietyTreeMaker.make(place, "tree/old name", SEED);
            place.initialized();
            place.snapshot("tree");
            var before = stats(place);
            Files.move(place.path("tree/old name"), place.path("tree/new name"));
            var summary = place.strandline()
                    .run("snapshot", "tree", "--json")
                    .exits(0)
                    .json();
            var after = stats(place);
            assertThat(after.get("data_chunks")).isEqualTo(before.get("data_chunks"));
            assertThat(after.get("data_stored_bytes")).isEqualTo(before.get("data_stored_bytes"));
            assertThat(after.get("tree_chunks").asLong())
                    .isGreaterThan(before.get("tree_chunks").asLong());
            assertThat(summary.get("data_added").asLong()).isPositive().isLessThan(MIB / 4);
            place.restoreAndCompare("tree", "restored");
        }
    }

    private static JsonNode stats(Workplace place) {
        return place.strandline().run("stats", "--json").exits(0).json();
    }
}
