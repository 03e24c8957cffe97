package dev.strandline.core.restore;

import dev.strandline.core.tree.Node;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which existing files a restore replaces; it never writes one that is as it should be. */
public enum Overwrite {
    ALWAYS,
    /** As {@link #ALWAYS}: only what differs is ever written. */
    IF_CHANGED,
    /** When the snapshot's is younger. */
    IF_NEWER,
    NEVER;

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Overwrite> of(String text) {
        return Stream.of(values()).filter(policy -> policy.text().equals(text)).findFirst();
    }

    boolean replacesAll() {
        return this == ALWAYS || this == IF_CHANGED;
    }

    boolean replaces(Node existing, Node wanted) {
        return switch (this) {
            case ALWAYS, IF_CHANGED -> true;
            case IF_NEWER ->
                wanted.metadata().modified().compareTo(existing.metadata().modified()) > 0;
            case NEVER -> false;
        };
    }
}
