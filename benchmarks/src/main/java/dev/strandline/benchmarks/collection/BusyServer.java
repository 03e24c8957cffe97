package dev.strandline.benchmarks.collection;

import dev.strandline.benchmarks.comparison.workload.BinaryContent;
import dev.strandline.benchmarks.year.SimulatedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server of about a thousand files: four services, of which a few files change every hour, and larger files that come and
 * go. Every night there is a new dump of a database, kept for three days, and every six hours an export that somebody
 * fetches within three. The same calls make the same files.
 */
final class BusyServer {
    static final long DUMP_BYTES = 8_000_000;
    static final long EXPORT_BYTES = 2_000_000;

    private static final List<String> SERVICES = List.of("web", "mail", "db", "pbx");
    private static final int DUMP_HOUR = 3;
    private static final int EXPORT_HOURS = 6;
    private static final Duration DUMP_LIFE = Duration.ofDays(3);
    private static final Duration EXPORT_LIFE = Duration.ofHours(3);
    private static final long SEED = 504;

    private final Path tree;
    private final List<SimulatedServer> services = new ArrayList<>();
    private final Map<Path, Instant> expiry = new TreeMap<>();
    private int made;

    BusyServer(Path tree) {
        this.tree = tree;
        for (var service : SERVICES) {
            services.add(new SimulatedServer(service, tree.resolve(service), SEED + services.size()));
        }
    }

    void install() throws IOException {
        for (var service : services) {
            service.install();
        }
        Files.createDirectories(tree.resolve("dumps"));
        Files.createDirectories(tree.resolve("exports"));
    }

    /** What has happened in the hour before. */
    void live(Instant time) throws IOException {
        for (var service : services) {
            service.live(time);
        }
        removeExpired(time);
        int hour = time.atOffset(ZoneOffset.UTC).getHour();
        if (hour == DUMP_HOUR) {
            make("dumps/dump-", DUMP_BYTES, time.plus(DUMP_LIFE));
        }
        if (hour % EXPORT_HOURS == 0) {
            make("exports/export-", EXPORT_BYTES, time.plus(EXPORT_LIFE));
        }
    }

    private void removeExpired(Instant time) throws IOException {
        for (var file : List.copyOf(expiry.entrySet())) {
            if (!file.getValue().isAfter(time)) {
                Files.delete(file.getKey());
                expiry.remove(file.getKey());
            }
        }
    }

    private void make(String prefix, long bytes, Instant end) throws IOException {
        var file = tree.resolve(prefix + made);
        BinaryContent.write(file, bytes, SEED + made);
        expiry.put(file, end);
        made++;
    }
}
