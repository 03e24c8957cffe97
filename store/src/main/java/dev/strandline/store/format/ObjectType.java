package dev.strandline.store.format;

import dev.strandline.store.backend.ObjectKind;

/** What a binary object is; the numbers are persisted in its header. */
public enum ObjectType {
    PACK(1, ObjectKind.PACK),
    SEGMENT(2, ObjectKind.SEGMENT),
    SNAPSHOT(3, ObjectKind.SNAPSHOT),
    BUNDLE(4, ObjectKind.BUNDLE),
    /** Stands where the record of a run would, which can't be committed any more. */
    FENCE(5, ObjectKind.SNAPSHOT),
    FORGOTTEN(6, ObjectKind.FORGOTTEN),
    SESSION(7, ObjectKind.SESSION),
    GENERATION(8, ObjectKind.GENERATION),
    SETTLED(9, ObjectKind.SETTLED);

    private final int number;
    private final ObjectKind kind;

    ObjectType(int number, ObjectKind kind) {
        this.number = number;
        this.kind = kind;
    }

    int number() {
        return number;
    }

    /** Where such objects live. */
    public ObjectKind kind() {
        return kind;
    }
}
