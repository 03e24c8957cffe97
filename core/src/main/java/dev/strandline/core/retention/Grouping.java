package dev.strandline.core.retention;

import java.util.Locale;

/** By what snapshots are told apart before rules are applied to each group. */
public enum Grouping {
    HOST,
    PATHS,
    TAGS;

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
