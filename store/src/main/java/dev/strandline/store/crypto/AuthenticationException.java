package dev.strandline.store.crypto;

/** Sealed bytes are not what was sealed, or not under this key or at this place. */
public final class AuthenticationException extends Exception {
    private static final long serialVersionUID = 1L;

    public AuthenticationException(String message) {
        super(message);
    }
}
