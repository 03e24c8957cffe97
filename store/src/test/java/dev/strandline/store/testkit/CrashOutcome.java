package dev.strandline.store.testkit;

import java.util.random.RandomGenerator;

/** What a power cut leaves of a change that was not synced. */
public enum CrashOutcome {
    /** Nothing of it. */
    DROPPED,
    /** All of it. */
    KEPT,
    /** Names as after all changes, content as it was synced: the journal was faster than the data. */
    NAMES_ONLY,
    /** Names as after all changes, content with its new length but zeros. */
    NAMES_AND_ZEROS,
    /** Anything allowed, for each name and each file by itself. */
    MIXED;

    /** What becomes of one file's content. */
    enum Content {
        SYNCED,
        WRITTEN,
        TORN,
        ZEROS,
        GARBAGE
    }

    Content content(RandomGenerator random) {
        return switch (this) {
            case DROPPED, NAMES_ONLY -> Content.SYNCED;
            case KEPT -> Content.WRITTEN;
            case NAMES_AND_ZEROS -> Content.ZEROS;
            case MIXED -> Content.values()[random.nextInt(Content.values().length)];
        };
    }

    /** Which of {@code count} states of a name it is, 0 being the synced one and the last the current one. */
    int nameState(int count, RandomGenerator random) {
        return switch (this) {
            case DROPPED -> 0;
            case KEPT, NAMES_ONLY, NAMES_AND_ZEROS -> count - 1;
            case MIXED -> random.nextInt(count);
        };
    }
}
