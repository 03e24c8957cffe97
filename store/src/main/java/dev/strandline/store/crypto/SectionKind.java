package dev.strandline.store.crypto;

/** What a sealed section of an object is; the numbers are persisted, in nonces. */
public enum SectionKind {
    /** A frame of a pack, numbered from 0. */
    FRAME(1),
    /** A pack's table of contents, number 0. */
    FOOTER(2),
    /** The whole of a small object, number 0. */
    BODY(3),
    /** The master key in a key slot, number 0. */
    KEY(4);

    private final int number;

    SectionKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
