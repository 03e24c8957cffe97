package dev.strandline.store.index;

import org.jspecify.annotations.Nullable;

/** The database can't be trusted. It is derived: whoever catches this sets it aside and builds a new one. */
final class IndexDamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    IndexDamagedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
