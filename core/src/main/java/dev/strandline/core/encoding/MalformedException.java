package dev.strandline.core.encoding;

/**
 * Bytes are not an encoding of what they should be. Whoever knows which object they came from turns this into damage
 * with a name.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
