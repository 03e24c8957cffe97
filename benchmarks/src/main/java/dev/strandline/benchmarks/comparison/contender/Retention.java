package dev.strandline.benchmarks.comparison.contender;

/**
 * What is kept of snapshots that were taken at even distances over whole days: all of the newest days, and the last one
 * of each of some days before.
 *
 * @param perDay how many snapshots there are of each day
 * @param wholeDays of how many days all are kept
 * @param days of how many days any is kept, the whole ones included
 */
public record Retention(int perDay, int wholeDays, int days) {
    public Retention {
        if (perDay < 1 || wholeDays < 1 || days < wholeDays) {
            throw new IllegalArgumentException(perDay + " a day, " + wholeDays + " whole days of " + days);
        }
    }

    /** How many of the newest snapshots are kept. */
    public int last() {
        return perDay * wholeDays;
    }

    /**
     * Of how many days one is kept: how borg counts. A snapshot that is kept as one of the newest doesn't count there
     * as the one of its day; with restic and Strandline it does.
     */
    public int daysBefore() {
        return days - wholeDays;
    }

    /** How many are kept in all. */
    public int kept() {
        return last() + daysBefore();
    }
}
