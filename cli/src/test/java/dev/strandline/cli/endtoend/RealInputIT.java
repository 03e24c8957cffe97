package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.TreeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Folders as they are found on machines and in registries. */
final class RealInputIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Path ETC = Path.of("/etc");
    private static final List<String> VERSIONS = List.of("5.4.3", "5.4.4", "5.4.5");

    @Test
    void jdk_restored_isTheSame() throws IOException {
        try (var place = Workplace.create()) {
            if (Program.isRoot()) {
                roundTrip(place, JDK);
            } else {
                roundTripOfOthersFiles(place, JDK);
            }
        }
    }

    @Test
    void jdk_ofOrdinaryUser_isTheSame() throws IOException {
        try (var place = Workplace.ofOrdinaryUser()) {
            Workplace.tool(
                    "cp",
                    "-R",
                    "--preserve=mode,timestamps,links",
                    JDK.toString(),
                    place.path("jdk").toString());
            place.handOver();
            roundTrip(place, place.path("jdk"));
        }
    }

    @Test
    void etc_restored_isTheSame() throws IOException {
        try (var place = Workplace.create()) {
            if (Program.isRoot()) {
                roundTrip(place, ETC);
            } else {
                roundTripOfOthersFiles(place, ETC);
            }
        }
    }

    @Test
    void etc_ofOrdinaryUser_isTheSameButForTheUnreadableWhichAreNamed() throws IOException {
        try (var place = Workplace.ofOrdinaryUser()) {
            place.handOver();
            roundTripOfOthersFiles(place, ETC);
        }
    }

    private static void roundTrip(Workplace place, Path source) throws IOException {
        place.initialized().run("snapshot", source.toString()).succeedsSilently();
        place.strandline()
                .run("restore", "latest:" + source, "--target", "restored")
                .succeedsSilently();
        TreeComparison.assertSame(FilePath.of(source.toString()), place.filePath("restored"));
        place.strandline().run("check", "--read-data").succeedsSilently();
    }

    /** An ordinary user can't read all and can't give files away; all else is to be the same. */
    private static void roundTripOfOthersFiles(Workplace place, Path source) throws IOException {
        HostTools.require("rsync");
        var unreadable = unreadable(source);
        var run = place.initialized().run("snapshot", "--json", source.toString());
        run.exits(unreadable.isEmpty() ? 0 : 3);
        assertThat(run.jsonErrors())
                .extracting(error -> error.get("item").asText())
                .containsExactlyInAnyOrderElementsOf(unreadable);
        var restore = place.strandline().run("restore", "latest:" + source, "--target", "restored", "--json");
        restore.exits(3);
        assertThat(restore.jsonErrors())
                .filteredOn(error -> error.path("message_type").asText().equals("error"))
                .isNotEmpty()
                .allMatch(error -> List.of("owner", "mode")
                        .contains(error.get("error").get("aspect").asText()));
        var command = new ArrayList<>(
                List.of("rsync", "-aHXSnc", "--no-owner", "--no-group", "--chmod=ug-s", "--delete", "-i"));
        unreadable.forEach(path ->
                command.add("--exclude=" + path.substring(source.toString().length())));
        command.add(source + "/");
        command.add(place.path("restored") + "/");
        assertThat(Workplace.tool(command.toArray(String[]::new)).stdoutText()).isEmpty();
        assertThat(unreadable)
                .allSatisfy(path -> assertThat(place.path(
                                "restored" + path.substring(source.toString().length())))
                        .doesNotExist());
    }

    /** What the ordinary user can't read; nothing below it. */
    private static List<String> unreadable(Path source) {
        return Program.of("/usr/bin/find", source.toString(), "(", "-type", "f", "-o", "-type", "d", ")")
                .and("!", "-readable", "-print", "-prune")
                .asOrdinaryUser()
                .run()
                .stdout()
                .lines()
                .collect(Collectors.toList());
    }

    @Test
    void versionsOfAPackage_eachComesBackTheSame() throws IOException {
        try (var place = Workplace.create()) {
            download(place);
            place.initialized();
            var live = place.path("package");
            long added = 0;
            for (var version : VERSIONS) {
                Files.move(place.path("versions/" + version), live);
                var summary = place.strandline()
                        .run("snapshot", "--json", "package")
                        .exits(0)
                        .json();
                added += summary.get("data_added").asLong();
                Files.move(live, place.path("versions/" + version));
            }
            for (int i = 0; i < VERSIONS.size(); i++) {
                var version = VERSIONS.get(VERSIONS.size() - 1 - i);
                place.strandline()
                        .run("restore", "latest~" + i + ":" + live, "--target", "restored-" + version)
                        .succeedsSilently();
                TreeComparison.assertSame(place.filePath("versions/" + version), place.filePath("restored-" + version));
            }
            var stats = place.strandline().run("stats", "--json").exits(0).json();
            assertThat(stats.get("snapshots_count").asInt()).isEqualTo(VERSIONS.size());
            // Half of a later version or more is what an earlier one had.
            assertThat(added).isLessThan(stats.get("total_uncompressed_size").asLong() * 2 / 3);
            place.strandline().run("check", "--read-data").succeedsSilently();
        }
    }

    private static void download(Workplace place) throws IOException {
        HostTools.require("npm", "tar");
        var folder = place.directory("downloads");
        var command = new ArrayList<>(List.of("npm", "pack", "--silent"));
        VERSIONS.forEach(version -> command.add("typescript@" + version));
        var npm = HostTools.run(command, folder);
        if (npm.exitCode() != 0) {
            throw new AssertionError("This test needs packages of the npm registry, which can't be reached: " + npm);
        }
        for (var version : VERSIONS) {
            var target = place.directory("versions/" + version);
            Workplace.tool(
                    "tar",
                    "-xzf",
                    folder.resolve("typescript-" + version + ".tgz").toString(),
                    "-C",
                    target.toString(),
                    "--strip-components=1");
        }
    }
}
