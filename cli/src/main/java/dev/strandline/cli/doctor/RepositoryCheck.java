package dev.strandline.cli.doctor;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the repository opens without anybody's help, is fresh, and has room. */
final class RepositoryCheck {
    private static final String REPOSITORY = "repository";
    private static final String SNAPSHOTS = "snapshots";
    private static final String CLOCK = "clock";
    private static final String DISK = "disk space";

    /** What a run may take, besides two intervals: the one before, and one that was skipped since that still ran. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A clock that is being corrected step by step is not wrong. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /** No program of this kind ran before. */
    private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

    private final Context context;
    private final String hostname;
    private final RepositoryOptions options = new RepositoryOptions();

    RepositoryCheck(Context context, String hostname) {
        this.context = context;
        this.hostname = hostname;
    }

    /** @param interval of snapshots; empty where only people take them */
    List<Finding> findings(Optional<Duration> interval) {
        var findings = new ArrayList<Finding>();
        try {
            var path = options.path(context);
            try (var open = options.openUnattended(context).repository()) {
                var listing = open.snapshots();
                findings.addAll(contents(path, listing));
                findings.addAll(times(listing, interval));
            } catch (RepositoryException | UsageException e) {
                findings.add(unusable(e));
                findings.add(Finding.notChecked(SNAPSHOTS, "the repository can't be opened"));
                findings.addAll(clock(Optional.empty()));
            }
            findings.add(disk(path));
        } catch (RepositoryException | UsageException e) {
            findings.add(unusable(e));
        }
        return findings;
    }

    private static Finding unusable(Exception e) {
        return Finding.failure(
                REPOSITORY,
                String.valueOf(e.getMessage()),
                e instanceof RepositoryException failure && !failure.guidance().isEmpty()
                        ? failure.guidance()
                        : "Run 'strandline config check'.");
    }

    private static List<Finding> contents(FilePath path, SnapshotListing listing) {
        var findings = new ArrayList<Finding>();
        for (var damage : listing.damaged()) {
            findings.add(Finding.failure(REPOSITORY, String.valueOf(damage.getMessage()), "Run 'strandline check'."));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    REPOSITORY,
                    path.display() + ", " + Quantities.count(listing.snapshots().size(), "snapshot")));
        }
        return findings;
    }

    private List<Finding> times(SnapshotListing listing, Optional<Duration> interval) {
        var now = context.clock().instant();
        var ofHost = listing.snapshots().stream()
                .filter(snapshot -> snapshot.record().hostname().equals(hostname))
                .toList();
        var future = ofHost.reversed().stream()
                .filter(snapshot -> snapshot.record().time().isAfter(now.plus(CLOCK_TOLERANCE)))
                .findFirst();
        var newest = ofHost.reversed().stream()
                .filter(snapshot -> !snapshot.record().time().isAfter(now.plus(CLOCK_TOLERANCE)))
                .findFirst();
        var findings = new ArrayList<>(List.of(freshness(newest, interval, now)));
        findings.addAll(clock(future));
        return findings;
    }

    private Finding freshness(Optional<Snapshot> newest, Optional<Duration> interval, Instant now) {
        String fix = "Run 'strandline snapshot' and see what it says.";
        if (newest.isEmpty()) {
            return Finding.failure(SNAPSHOTS, "there is none of " + ByteText.display(hostname), fix);
        }
        var age = Duration.between(newest.get().record().time(), now);
        String told = "the newest of " + ByteText.display(hostname) + " is "
                + Quantities.duration(age.isNegative() ? Duration.ZERO : age) + " old";
        var limit = interval.map(every -> every.multipliedBy(2).plus(PATIENCE));
        return limit.isPresent() && age.compareTo(limit.get()) > 0
                ? Finding.failure(SNAPSHOTS, told + ", more than " + Quantities.duration(limit.get()), fix)
                : Finding.ok(SNAPSHOTS, told);
    }

    private List<Finding> clock(Optional<Snapshot> future) {
        var now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        if (now.isBefore(EARLIEST)) {
            return List.of(Finding.failure(CLOCK, "it says " + now, "Set it, for example with 'timedatectl'."));
        }
        return List.of(future.map(snapshot -> Finding.failure(
                        CLOCK,
                        "the snapshot " + snapshot.record().name() + " is from the future, and it is " + now,
                        "Set the clock if it is wrong now; if it was wrong then, forget that snapshot."))
                .orElseGet(() -> Finding.ok(CLOCK, "it says " + now)));
    }

    private static Finding disk(FilePath repository) {
        try {
            var path = Path.of(ByteText.decode(repository.toBytes()));
            if (!Files.exists(path)) {
                return Finding.notChecked(DISK, repository.display() + " is not there");
            }
            var store = Files.getFileStore(path);
            return DiskSpace.judge(DISK, store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException | InvalidPathException e) {
            return Finding.notChecked(DISK, String.valueOf(e.getMessage()));
        }
    }
}
