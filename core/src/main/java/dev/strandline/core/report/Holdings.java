package dev.strandline.core.report;

import dev.strandline.core.snapshot.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Who holds what in a repository: stored bytes of chunks, by the snapshots, folders and kinds of files that need them. All
 * numbers are of frames, without what packs and index take beside.
 *
 * @param alone what each snapshot alone holds, and nothing would any more if it were forgotten; what a chunk is encoded
 *     against included
 * @param sharedBytes what at least two snapshots hold
 * @param unusedBytes what none holds
 * @param roots by captured path, the largest first
 * @param kinds stored bytes by kind of file, and {@link #TREES}
 */
public record Holdings(
        Map<Snapshot, Long> alone,
        long sharedBytes,
        long unusedBytes,
        List<FolderShare> roots,
        SortedMap<String, Long> kinds) {
    /** The kind of what directories take. */
    public static final String TREES = "directories";

    /** The kind of what commands told beside the files. */
    public static final String STATE = "system state";

    /** What a snapshot alone holds. */
    public long aloneBytes(Snapshot snapshot) {
        return alone.getOrDefault(snapshot, 0L);
    }

    /** The snapshots that hold most alone, that first; none that holds nothing. */
    public List<Snapshot> mostAlone(int count) {
        return alone.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<Snapshot, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey, Snapshot.BY_TIME))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }
}
