package dev.strandline.benchmarks.comparison;

import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The programs that a run needs. */
public final class Prerequisites {
    private static final Map<String, String> PACKAGES = Map.of(
            "restic", "restic",
            "borg", "borgbackup",
            "rsync", "rsync",
            "npm", "npm",
            "find", "findutils",
            "tar", "tar");

    /** Every program that any run needs; GNU time is needed by all and not among them. */
    public static final Set<String> ALL = PACKAGES.keySet();

    private Prerequisites() {}

    /**
     * Sees to it that some of {@link #ALL} are there; on Debian, root gets them installed.
     *
     * @param log told what is installed
     * @throws IOException naming what is missing and stays so
     */
    public static void require(Set<String> programs, Consumer<String> log) throws IOException {
        var missing = missing(programs);
        if (missing.isEmpty()) {
            return;
        }
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root && Host.find("apt-get").isPresent()) {
            var packages = List.copyOf(missing.values());
            log.accept("Installing Debian packages: " + String.join(" ", packages));
            install(packages);
            missing = missing(programs);
        }
        if (!missing.isEmpty()) {
            throw new IOException("missing: " + String.join(", ", missing.keySet())
                    + ". Install the Debian packages " + String.join(" ", missing.values())
                    + ", or run this as root, which installs them with apt-get.");
        }
    }

    private static void install(List<String> packages) throws IOException {
        Host.run("apt-get", "update", "-q");
        var command = new ArrayList<>(List.of(
                "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q", "-y", "--no-install-recommends"));
        command.addAll(packages);
        Host.run(command.toArray(String[]::new));
    }

    /** Programs that are not there, and the Debian package of each. */
    private static SortedMap<String, String> missing(Set<String> programs) {
        var missing = new TreeMap<String, String>();
        PACKAGES.forEach((program, debianPackage) -> {
            if (programs.contains(program) && Host.find(program).isEmpty()) {
                missing.put(program, debianPackage);
            }
        });
        if (!Files.isExecutable(Meter.TIME)) {
            missing.put(Meter.TIME.toString(), "time");
        }
        return missing;
    }
}
