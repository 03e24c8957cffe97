package dev.strandline.store.backend;

/** The kinds of objects that a repository is made of, and the folder of each. */
public enum ObjectKind {
    CONFIG("config"),
    KEY("keys"),
    PACK("packs"),
    SEGMENT("index"),
    SNAPSHOT("snapshots"),
    /** Old snapshot records, many in one. */
    BUNDLE("bundles"),
    /** Notes that snapshots don't exist any more. */
    FORGOTTEN("forgotten"),
    /** Runs that are at work. */
    SESSION("session"),
    /** What a garbage collection is about to remove; the id is a number. */
    GENERATION("gc"),
    /** Garbage collections that are over; the id is the generation's number. */
    SETTLED("settled"),
    /** Made and removed again by who wants to know whether creating an object works as it must. */
    PROBE("probe");

    private final String folder;

    ObjectKind(String folder) {
        this.folder = folder;
    }

    /** The folder's name; of the one configuration object, its own. */
    public String folder() {
        return folder;
    }
}
