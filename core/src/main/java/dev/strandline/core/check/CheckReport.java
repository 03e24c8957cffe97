package dev.strandline.core.check;

import java.util.List;

/**
 * What a check found.
 *
 * @param damages one line for each damaged or missing object, by name
 * @param affected what can't be restored because of it, at most {@value #MAX_AFFECTED}
 * @param affectedCount all of it
 * @param notices what is worth knowing and no damage
 */
public record CheckReport(
        long snapshots,
        long trees,
        long chunks,
        long bytesRead,
        List<String> damages,
        List<Affected> affected,
        long affectedCount,
        List<String> notices) {
    /** So that a lost pack does not print a million paths. */
    public static final int MAX_AFFECTED = 1000;

    /** A path of a snapshot that uses something damaged; the first snapshot that has it. */
    public record Affected(String snapshot, String path, String reason) {}

    public boolean isClean() {
        return damages.isEmpty() && affectedCount == 0;
    }
}
