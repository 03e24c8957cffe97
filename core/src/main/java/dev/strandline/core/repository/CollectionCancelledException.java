package dev.strandline.core.repository;

/** A garbage collection was told to stop before its end. */
public final class CollectionCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CollectionCancelledException() {
        super("the garbage collection was interrupted");
    }
}
