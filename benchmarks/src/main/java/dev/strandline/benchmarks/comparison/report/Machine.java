package dev.strandline.benchmarks.comparison.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the figures were measured on, as Linux tells it. */
public final class Machine {
    private static final double KIB_PER_GIB = 1 << 20;

    private Machine() {}

    /**
     * One sentence.
     *
     * @param work a folder on the file system that is used
     */
    public static String describe(Path work) throws IOException {
        String processor =
                value(Files.readString(Path.of("/proc/cpuinfo")), "model name").orElse("unknown processor");
        String memory =
                value(Files.readString(Path.of("/proc/meminfo")), "MemTotal").orElse("0 kB");
        String system = Files.readString(Path.of("/etc/os-release"))
                .lines()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.1f GiB of memory, %s, kernel %s, %s",
                processor,
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(memory.replace(" kB", "")) / KIB_PER_GIB,
                system,
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                Files.getFileStore(work).type());
    }

    /** Of {@code name : value} lines the first one's value. */
    static Optional<String> value(String lines, String name) {
        return lines.lines()
                .filter(line -> line.matches("\\Q" + name + "\\E\\s*:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
