package dev.strandline.benchmarks.comparison.measure;

/** Whom a figure is of. */
public enum Subject {
    STRANDLINE("Strandline"),
    RESTIC("restic"),
    BORG("borg"),
    /** A copy of the whole tree into an empty folder, as a cron script makes one a day. */
    RSYNC_NEW_COPY("rsync -a, new copy"),
    /** Again onto the copy that is there. */
    RSYNC_SAME_COPY("rsync -a, same copy"),
    /** The least that a look at every entry costs. */
    FIND("find -printf"),
    /** Strandline itself, on the workload with a tenth of the files. */
    STRANDLINE_ON_BIG_TREE("Strandline on (b)");

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether it does what Strandline does: encrypted, deduplicated snapshots. */
    public boolean isPeer() {
        return this == RESTIC || this == BORG;
    }
}
