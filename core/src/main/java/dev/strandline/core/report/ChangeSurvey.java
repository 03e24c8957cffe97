package dev.strandline.core.report;

import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.report.ChangeReport.BusyFolder;
import dev.strandline.core.report.ChangeReport.BusyPath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds out what changes most from what records say. Trees are read only to find names: of the newest snapshot of each host
 * and place those directories that have ever changed, and a few of older ones for what is not there any more. One use, one
 * thread.
 */
final class ChangeSurvey {
    /** So many snapshots are looked at for names that the newest ones don't have. */
    private static final int MAX_OLDER = 200;

    private final List<Snapshot> snapshots;
    private final Map<SnapshotId, Snapshot> byId = new HashMap<>();
    private final Map<Integer, Seen> seen = new HashMap<>();
    private final ChangedNames names;

    /** How often a digest was seen, and where last. */
    private static final class Seen {
        private int count;
        private Snapshot last;

        Seen(Snapshot last) {
            this.last = last;
        }
    }

    /** @param snapshots oldest first */
    ChangeSurvey(ChunkSource source, List<Snapshot> snapshots, Consumer<DamageException> damages) {
        this.snapshots = snapshots;
        this.names = new ChangedNames(source, damages);
        for (var snapshot : snapshots) {
            byId.put(snapshot.id(), snapshot);
            for (int digest : digests(snapshot)) {
                var one = seen.computeIfAbsent(digest, _ -> new Seen(snapshot));
                one.count++;
                one.last = snapshot;
            }
        }
    }

    private static int[] digests(Snapshot snapshot) {
        return snapshot.record().changes().map(ChangedPaths::digests).orElse(new int[0]);
    }

    /** @param kinds what kind a file is of, by its name */
    ChangeReport report(ZoneId zone, Function<String, String> kinds) throws RepositoryException {
        findNames();
        var paths = new HashMap<FilePath, Long>();
        var ofKinds = new TreeMap<String, Long>();
        var folders = new HashMap<FilePath, long[]>();
        long unnamed = 0;
        for (var each : seen.entrySet()) {
            var name = names.of(each.getKey());
            if (name == null) {
                unnamed += each.getValue().count;
            } else if (!name.isDirectory()) {
                paths.put(name.path(), (long) each.getValue().count);
                ofKinds.merge(kinds.apply(name.path().name().display()), (long) each.getValue().count, Long::sum);
            }
        }
        int told = 0;
        for (var snapshot : snapshots) {
            told += snapshot.record().changes().isPresent() ? 1 : 0;
            int hour =
                    CalendarTime.nearest(snapshot.record().time()).atZone(zone).getHour();
            for (int digest : digests(snapshot)) {
                var name = names.of(digest);
                if (name != null && !name.isDirectory()) {
                    folders.computeIfAbsent(name.folder(), _ -> new long[ChangeReport.HOURS])[hour]++;
                }
            }
        }
        return new ChangeReport(told, snapshots.size() - told, mostChanged(paths), ofKinds, busiest(folders), unnamed);
    }

    private static List<BusyPath> mostChanged(Map<FilePath, Long> paths) {
        return paths.entrySet().stream()
                .map(path -> new BusyPath(path.getKey(), path.getValue()))
                .sorted(Comparator.comparingLong(BusyPath::changes).reversed().thenComparing(BusyPath::path))
                .toList();
    }

    private static List<BusyFolder> busiest(Map<FilePath, long[]> folders) {
        return folders.entrySet().stream()
                .map(folder -> new BusyFolder(
                        folder.getKey(),
                        Arrays.stream(folder.getValue()).boxed().toList()))
                .sorted(Comparator.comparingLong(BusyFolder::changes).reversed().thenComparing(BusyFolder::path))
                .toList();
    }

    private void findNames() throws RepositoryException {
        var newest = new HashMap<String, Snapshot>();
        snapshots.forEach(snapshot -> newest.put(series(snapshot.record()), snapshot));
        for (var snapshot : newest.values()) {
            names.look(snapshot, seen.keySet());
        }
        int looks = 0;
        var byCount = seen.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Integer, Seen> one) -> one.getValue().count)
                        .reversed())
                .toList();
        for (var one : byCount) {
            if (looks < MAX_OLDER && names.of(one.getKey()) == null) {
                looks += lookAround(one.getKey(), one.getValue().last);
            }
        }
    }

    /** Looks in the last snapshot that has a change, and in the one before that. */
    private int lookAround(int digest, Snapshot last) throws RepositoryException {
        Set<Integer> wanted = Arrays.stream(digests(last)).boxed().collect(Collectors.toCollection(HashSet::new));
        names.look(last, wanted);
        var before = last.record().parent().map(byId::get);
        if (names.of(digest) != null || before.isEmpty()) {
            return 1;
        }
        names.look(before.get(), wanted);
        return 2;
    }

    private static String series(SnapshotRecord record) {
        return record.roots().stream()
                .map(root -> root.path().display())
                .collect(Collectors.joining("\0", record.hostname() + "\0", ""));
    }
}
