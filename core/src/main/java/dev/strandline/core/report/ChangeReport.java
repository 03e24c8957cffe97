package dev.strandline.core.report;

import dev.strandline.core.path.FilePath;
import java.util.List;
import java.util.SortedMap;

/**
 * What changes most, as records tell it: each says of up to 64 paths that they may differ from the snapshot before.
 *
 * @param snapshots whose records tell
 * @param untold those that are the first of their kind, or changed in more places
 * @param paths of files, the most often changed first
 * @param kinds how often files of a kind changed
 * @param folders by hour, the most often changed first
 * @param unnamed changes of files of which no name was found
 */
public record ChangeReport(
        int snapshots,
        int untold,
        List<BusyPath> paths,
        SortedMap<String, Long> kinds,
        List<BusyFolder> folders,
        long unnamed) {
    /** Hours of a day. */
    public static final int HOURS = 24;

    /** @param changes how many snapshots have it different from the one before */
    public record BusyPath(FilePath path, long changes) {}

    /**
     * A captured path, for the files in it, or a folder in one.
     *
     * @param byHour changes of files, for each hour of the day
     */
    public record BusyFolder(FilePath path, List<Long> byHour) {
        public BusyFolder {
            byHour = List.copyOf(byHour);
        }

        public long changes() {
            return byHour.stream().mapToLong(Long::longValue).sum();
        }
    }

    public ChangeReport {
        paths = List.copyOf(paths);
        folders = List.copyOf(folders);
    }
}
