package dev.strandline.core.report;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StoredAmounts;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotRoot;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a repository holds, where it comes from and where it goes.
 *
 * @param time when it was made
 * @param zone whose days and hours it counts by
 * @param snapshots oldest first
 * @param detail what takes reading all trees; empty when it was not asked for
 */
public record RepositoryReport(
        Instant time,
        ZoneId zone,
        List<Snapshot> snapshots,
        DeduplicationReport deduplication,
        Growth growth,
        Forecast forecast,
        List<SnapshotGroup<String>> hosts,
        List<SnapshotGroup<FilePath>> sources,
        List<SnapshotGroup<String>> tags,
        Optional<Detail> detail) {

    /** Who holds what, and what changes most. */
    public record Detail(Holdings holdings, ChangeReport changes) {}

    public RepositoryReport {
        snapshots = List.copyOf(snapshots);
        hosts = List.copyOf(hosts);
        sources = List.copyOf(sources);
        tags = List.copyOf(tags);
    }

    /**
     * From records and amounts alone.
     *
     * @param snapshots oldest first
     */
    public static RepositoryReport brief(List<Snapshot> snapshots, StoredAmounts amounts, Instant time, ZoneId zone) {
        var growth = Growth.of(snapshots, zone);
        return new RepositoryReport(
                time,
                zone,
                snapshots,
                DeduplicationReport.of(snapshots, amounts),
                growth,
                Forecast.of(growth, time.atZone(zone).toLocalDate(), amounts.totalBytes()),
                SnapshotGroup.by(snapshots, record -> List.of(record.hostname())),
                SnapshotGroup.by(
                        snapshots,
                        record ->
                                record.roots().stream().map(SnapshotRoot::path).toList()),
                SnapshotGroup.by(
                        snapshots, record -> record.tags().stream().distinct().toList()),
                Optional.empty());
    }

    /** How to read all trees. */
    public interface Reading {
        /** What kind a file is of, by its name. */
        String kind(String name);

        /** Something can't be read, and does not count; called by one thread at a time. */
        void damaged(DamageException damage);
    }

    /** With all that takes reading trees. */
    public static RepositoryReport full(
            Repository repository, List<Snapshot> snapshots, Instant time, ZoneId zone, Reading reading)
            throws RepositoryException {
        var table = new ChunkTable();
        var amounts = repository.inspect().amounts(table);
        var brief = brief(snapshots, amounts, time, zone);
        var chunks = repository.chunks();
        var holdings = new HoldingsWalk(chunks, table, reading::kind, reading::damaged).of(snapshots);
        var changes = new ChangeSurvey(chunks, snapshots, reading::damaged).report(zone, reading::kind);
        return brief.with(new Detail(holdings, changes));
    }

    private RepositoryReport with(Detail more) {
        return new RepositoryReport(
                time, zone, snapshots, deduplication, growth, forecast, hosts, sources, tags, Optional.of(more));
    }
}
