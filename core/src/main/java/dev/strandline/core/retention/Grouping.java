package dev.strandline.core.retention;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By what snapshots are told apart before rules are applied to each group. */
public enum Grouping {
    HOST,
    PATHS,
    TAGS;

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people mean. */
    public static Optional<Grouping> of(String text) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.text().equals(text))
                .findFirst();
    }
}
