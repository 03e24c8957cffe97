package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that a disk, a program or a person has damaged. Each test begins with the same two snapshots. */
final class DamageIT {
    private static final long SEED = 13;

    @AutoClose
    private static final Workplace place = Workplace.create();

    @BeforeAll
    static void makeRepository() throws IOException {
        System.out.println("damage with seed " + SEED);
        var random = new Random(SEED);
        for (var folder : List.of("first", "second")) {
            for (int i = 0; i < 10; i++) {
                byte[] content = new byte[50_000];
                random.nextBytes(content);
                Files.write(place.directory(folder).resolve("file" + i), content);
            }
        }
        place.initialized();
        place.snapshot("first");
        place.snapshot("second");
        Workplace.tool(
                "cp",
                "-a",
                place.repository().toString(),
                place.path("undamaged").toString());
    }

    @AfterEach
    void putTheRepositoryBack() {
        Workplace.tool("rm", "-rf", place.repository().toString());
        Workplace.tool(
                "cp",
                "-a",
                place.path("undamaged").toString(),
                place.repository().toString());
        Workplace.tool("sh", "-c", "rm -rf " + place.path("t-") + "*");
    }

    /** What happens to an object. */
    enum Harm {
        DELETED {
            @Override
            void befall(Path file) throws IOException {
                Files.delete(file);
            }
        },
        TRUNCATED {
            @Override
            void befall(Path file) throws IOException {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(content, content.length / 2));
            }
        },
        FLIPPED {
            @Override
            void befall(Path file) throws IOException {
                byte[] content = Files.readAllBytes(file);
                content[content.length / 2] ^= 0x10;
                Files.write(file, content);
            }
        },
        FIFO {
            @Override
            void befall(Path file) throws IOException {
                Files.delete(file);
                Workplace.tool("mkfifo", file.toString());
            }
        },
        LINK {
            @Override
            void befall(Path file) throws IOException {
                Path elsewhere = file.resolveSibling("elsewhere");
                Files.move(file, elsewhere);
                Files.createSymbolicLink(file, elsewhere);
            }
        },
        FOLDER {
            @Override
            void befall(Path file) throws IOException {
                Files.delete(file);
                Files.createDirectory(file);
            }
        };

        abstract void befall(Path file) throws IOException;
    }

    private static Path object(String name) {
        return place.repository().resolve(name);
    }

    /** Exactly one of the two folders restores, and the other tells why not. */
    private static void assertOneRestores() {
        int restored = 0;
        for (var folder : List.of("first", "second")) {
            var run = place.strandline()
                    .run(
                            "restore",
                            "latest~" + (folder.equals("first") ? 1 : 0) + ":" + place.path(folder),
                            "--target",
                            "t-" + folder);
            if (run.exitCode() == 0) {
                run.succeedsSilently();
                restored++;
                Workplace.tool(
                        "diff",
                        "-r",
                        place.path(folder).toString(),
                        place.path("t-" + folder).toString());
            } else {
                run.exits(13);
            }
        }
        assertThat(restored).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void check_harmedPack_exits13NamesItAndTheOtherSnapshotRestores(Harm harm) throws IOException {
        // One pack for each snapshot; the later one's name is not known beforehand.
        var pack = place.objects("packs").getFirst();
        harm.befall(object(pack));
        var check = place.strandline().run("check", "--read-data");
        check.failsSaying(13, "damage: " + pack, "affected: ", "in snapshot ");
        var json = place.strandline()
                .run("check", "--read-data", "--json")
                .exits(13)
                .json();
        assertThat(json.get("num_errors").asInt()).isPositive();
        assertThat(json.get("damages").toString()).contains(pack);
        assertOneRestores();
    }

    @ParameterizedTest
    @EnumSource
    void check_harmedSnapshotRecord_exits13NamesItAndTheOtherRestores(Harm harm) throws IOException {
        var id = place.strandline()
                .run("show", "latest", "--json")
                .json()
                .get("id")
                .asText();
        harm.befall(object("snapshots/" + id));
        if (harm == Harm.DELETED) {
            // Nothing refers to a record: without it there just is one snapshot less.
            place.strandline().run("check", "--read-data").succeedsSilently();
        } else {
            place.strandline().run("check").failsSaying(13, "snapshots/" + id);
            var list = place.strandline().run("list").exits(13);
            assertThat(list.stdout().lines()).hasSize(2);
            assertThat(list.stderr()).contains("snapshots/" + id);
        }
        var run = place.strandline().run("restore", "latest:" + place.path("first"), "--target", "t-first");
        run.exits(harm == Harm.DELETED ? 0 : 13);
        Workplace.tool(
                "diff",
                "-r",
                place.path("first").toString(),
                place.path("t-first").toString());
        if (harm != Harm.DELETED) {
            place.strandline().run("gc").failsSaying(13, "snapshots/" + id);
            place.strandline().run("forget", id.substring(0, 8)).succeedsSilently();
            place.strandline().run("gc").succeedsSilently();
            place.strandline().run("check", "--read-data").succeedsSilently();
        }
    }

    @ParameterizedTest
    @EnumSource
    void check_harmedIndexSegment_exits13OrHealsAndEverythingRestores(Harm harm) throws IOException {
        // A run after the index was lost lists all packs that no segment lists.
        Workplace.tool("rm", "-rf", object("index.rocksdb").toString());
        Files.writeString(place.directory("third").resolve("file"), "third");
        place.snapshot("third");
        var segment = place.objects("index").getFirst();
        harm.befall(object(segment));
        var check = place.strandline().run("check", "--read-data");
        if (harm != Harm.DELETED) {
            check.failsSaying(13, "damage: " + segment);
        }
        for (var folder : List.of("first", "second")) {
            place.strandline()
                    .run(
                            "restore",
                            "latest~" + (folder.equals("first") ? 2 : 1) + ":" + place.path(folder),
                            "--target",
                            "t-" + folder)
                    .exits(0);
            Workplace.tool(
                    "diff",
                    "-r",
                    place.path(folder).toString(),
                    place.path("t-" + folder).toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void list_harmedKeySlot_exits13AndNamesIt(Harm harm) throws IOException {
        var slot = place.objects("keys").getFirst();
        harm.befall(object(slot));
        place.strandline().run("list").failsSaying(13, harm == Harm.DELETED ? "keys" : slot);
        place.strandline().run("snapshot", "first").failsSaying(13, "keys");
    }

    @Test
    void list_fifoAsConfig_exits13() throws IOException {
        Harm.FIFO.befall(object("config"));
        place.strandline().run("list").failsSaying(13, "config", "no regular file");
    }

    @Test
    void snapshotAndGc_thingsThatAreNoSessionsAndNoTemporaryFiles_areNoHindrance() {
        for (var folder : List.of("session", "tmp")) {
            Workplace.tool("mkfifo", object(folder).resolve("f".repeat(64)).toString());
            Workplace.tool("mkdir", object(folder).resolve("e".repeat(64)).toString());
        }
        place.strandline().run("snapshot", "first").succeedsSilently();
        place.strandline().run("gc").succeedsSilently();
        assertThat(object("session")).isEmptyDirectory();
    }

    @Test
    void list_configDeleted_exits13BecausePacksAreThere() throws IOException {
        Files.delete(object("config"));
        place.strandline().run("list").failsSaying(13, "config", "missing");
        place.strandline().run("init").failsSaying(1, "not empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "{}", "[1]", "{\"type\":\"something else\"}"})
    void list_garbageAsConfig_exits13(String garbage) throws IOException {
        Files.writeString(object("config"), garbage);
        place.strandline().run("list").failsSaying(13, "config");
    }

    @Test
    void list_everyFlippedBitOfTheConfig_neverOpens() throws IOException {
        byte[] content = Files.readAllBytes(object("config"));
        for (int i = 0; i < content.length; i += content.length / 8) {
            byte[] flipped = content.clone();
            flipped[i] ^= 1;
            Files.write(object("config"), flipped);
            var run = place.strandline().run("list");
            assertThat(run.exitCode()).as("byte %d: %s", i, run).isIn(1, 13);
            assertThat(run.stderr()).contains("config").doesNotContain("\tat ");
        }
    }

    @Test
    void list_newerFormat_exits1AndSaysWhatToInstall() throws IOException, NoSuchAlgorithmException {
        var mapper = JsonMapper.builder().build();
        var config = (ObjectNode) mapper.readTree(object("config").toFile());
        config.remove("checksum");
        config.put("version", 2);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(mapper.writeValueAsBytes(config));
        config.put("checksum", HexFormat.of().formatHex(digest));
        mapper.writerWithDefaultPrettyPrinter().writeValue(object("config").toFile(), config);
        for (var command : List.of("list", "check", "snapshot first")) {
            place.strandline()
                    .run(command.split(" ", -1))
                    .failsSaying(1, "format version 2", "up to 1", "Install a newer Strandline");
        }
    }

    @Test
    void list_encryptionSwitchedOff_exits13() throws IOException {
        var text = Files.readString(object("config"));
        assertThat(text).contains("aes-256-gcm");
        Files.writeString(object("config"), text.replace("aes-256-gcm", "none"));
        place.strandline().run("list").failsSaying(13, "config");
    }

    @Test
    void anyCommand_lostIndexDatabase_givesTheSameAnswers() throws IOException {
        var ls = place.strandline().run("ls", "-R", "-l", "latest").exits(0).stdout();
        var stats = place.strandline().run("stats", "--json").exits(0).json();
        var database = object("index.rocksdb");
        for (var harm : List.of(
                "rm -rf $0",
                "rm $0/CURRENT",
                "for f in $0/*; do : > $f; done",
                "for f in $0/*; do echo x > $f; done")) {
            Workplace.tool("sh", "-c", harm, database.toString());
            assertThat(place.strandline()
                            .run("ls", "-R", "-l", "latest")
                            .exits(0)
                            .stdout())
                    .as(harm)
                    .isEqualTo(ls);
            assertThat(place.strandline().run("stats", "--json").exits(0).json())
                    .isEqualTo(stats);
            place.restoreAndCompare("second", "t-" + Integer.toHexString(harm.hashCode()));
            var added = place.strandline()
                    .run("snapshot", "second", "--json")
                    .exits(0)
                    .json();
            assertThat(added.get("data_added").asLong()).isZero();
            putTheRepositoryBack();
        }
    }
}
