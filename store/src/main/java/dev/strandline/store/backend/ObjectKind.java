package dev.strandline.store.backend;

/** The kinds of objects that a repository is made of, and the folder of each. */
public enum ObjectKind {
    CONFIG("config"),
    KEY("keys"),
    PACK("packs"),
    SEGMENT("index"),
    SNAPSHOT("snapshots");

    private final String folder;

    ObjectKind(String folder) {
        this.folder = folder;
    }

    /** The folder's name; of the one configuration object, its own. */
    public String folder() {
        return folder;
    }
}
