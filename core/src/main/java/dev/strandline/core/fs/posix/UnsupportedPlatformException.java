package dev.strandline.core.fs.posix;

/** This operating system or processor is none that Strandline knows the system calls of. */
public final class UnsupportedPlatformException extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    UnsupportedPlatformException(String operatingSystem, String processor) {
        super("Strandline does not run on " + operatingSystem + " on " + processor);
    }

    /** What the user can do about it. */
    public String guidance() {
        return "Use it on Linux on x86-64 or aarch64, with a 64-bit Java built for that processor.";
    }
}
