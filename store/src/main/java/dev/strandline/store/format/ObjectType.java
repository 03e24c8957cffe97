package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectKind;
import java.util.Arrays;

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

    /**
     * Reads an object of this type that is about to be written, because what can't be read must not become durable.
     *
     * @throws MalformedException when no reader could make anything of it, or something else than was meant
     */
    public void requireReadable(byte[] plain) throws MalformedException {
        switch (this) {
            case PACK -> throw new IllegalArgumentException("a pack is no small object");
            case SEGMENT -> SegmentFormat.decode(plain);
            case SNAPSHOT -> {
                if (!Arrays.equals(SnapshotFormat.encode(SnapshotFormat.decode(plain)), plain)) {
                    throw new MalformedException("it would be read as something else");
                }
            }
            case BUNDLE -> {
                for (byte[] record : BundleFormat.decode(plain).values()) {
                    SnapshotFormat.decode(record);
                }
            }
            case FENCE -> new Decoder(plain).zigzag();
            case FORGOTTEN -> NameList.decode(plain, ObjectKind.SNAPSHOT);
            case SESSION -> SessionMark.decode(plain);
            case GENERATION -> Generation.decode(plain);
            case SETTLED -> NameList.decode(plain, ObjectKind.PACK);
        }
    }
}
