package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Packages of the npm registry in versions that followed each other, fetched once and kept. */
final class PublishedPackages {
    /** About 900 files and 20 MB in their first versions. */
    static final List<Published> ALL = List.of(
            new Published("axios", "1.6.5", "1.6.6", "1.6.7", "1.6.8"),
            new Published("bootstrap", "5.3.0", "5.3.1", "5.3.2", "5.3.3"),
            new Published("eslint", "8.52.0", "8.53.0", "8.54.0", "8.55.0", "8.56.0", "8.57.0"),
            new Published("express", "4.18.0", "4.18.1", "4.18.2", "4.18.3", "4.19.2"),
            new Published("jquery", "3.6.4", "3.7.0", "3.7.1"),
            new Published("react-dom", "18.0.0", "18.1.0", "18.2.0", "18.3.1"),
            new Published("vue", "3.4.22", "3.4.23", "3.4.24", "3.4.25", "3.4.26"));

    private final Path folder;

    /** @param folder where downloads are kept */
    PublishedPackages(Path folder) {
        this.folder = folder;
    }

    /** A package and its versions, oldest first. */
    record Published(String name, List<String> versions) {
        Published(String name, String... versions) {
            this(name, List.of(versions));
        }
    }

    /** How many upgrades each package has. */
    static List<Integer> upgrades() {
        return ALL.stream().map(published -> published.versions().size() - 1).toList();
    }

    /** Downloads what is not there yet. */
    void fetch() throws IOException {
        Files.createDirectories(folder);
        var missing = new ArrayList<String>();
        for (var published : ALL) {
            for (var version : published.versions()) {
                if (!Files.exists(unpacked(published, version))) {
                    missing.add(published.name() + "@" + version);
                }
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        var command = new ArrayList<>(List.of("npm", "pack", "--silent"));
        command.addAll(missing);
        Host.run(folder, command.toArray(String[]::new));
        for (var published : ALL) {
            for (var version : published.versions()) {
                unpack(published, version);
            }
        }
    }

    /** Under another name first, so that what is there is complete. */
    private void unpack(Published published, String version) throws IOException {
        var target = unpacked(published, version);
        if (Files.exists(target)) {
            return;
        }
        var archive = folder.resolve(published.name() + "-" + version + ".tgz");
        var growing = folder.resolve("unpacking");
        Host.remove(growing);
        Files.createDirectory(growing);
        Host.run(growing, "tar", "-xzf", archive.toString(), "--strip-components=1", "--no-same-owner");
        Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(archive);
    }

    private Path unpacked(Published published, String version) {
        return folder.resolve(published.name() + "-" + version);
    }

    /** Puts a version in place: writes files whose content is another, removes those that are gone, touches no other. */
    void install(Path tree, Published published, String version) throws IOException {
        var target = tree.resolve(published.name());
        Files.createDirectories(target);
        Host.run("rsync", "-r", "--checksum", "--delete", unpacked(published, version) + "/", target + "/");
    }
}
