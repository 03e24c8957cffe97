package dev.strandline.core.repository;

import java.util.Optional;

/** What a chunk is part of; kinds are kept in frames of their own. The numbers are persisted. */
public enum ChunkKind {
    /** File content. */
    DATA(0),
    /** Encoded directory entries and chunk lists. */
    TREE(1);

    private final int number;

    ChunkKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static Optional<ChunkKind> of(int number) {
        for (var kind : values()) {
            if (kind.number == number) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
