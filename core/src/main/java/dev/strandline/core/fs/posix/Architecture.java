package dev.strandline.core.fs.posix;

/** The processor families whose system call numbers and flags are known; of the flags, only these two differ. */
enum Architecture {
    X86_64(0200000, 0400000),
    AARCH64(0040000, 0100000);

    /** {@code O_DIRECTORY}. */
    final int directoryFlag;

    /** {@code O_NOFOLLOW}. */
    final int noFollowFlag;

    Architecture(int directoryFlag, int noFollowFlag) {
        this.directoryFlag = directoryFlag;
        this.noFollowFlag = noFollowFlag;
    }

    /**
     * The one this JVM runs on.
     *
     * @throws UnsupportedPlatformException on any other, and on anything but Linux
     */
    static Architecture current() {
        return of(System.getProperty("os.name", "unknown"), System.getProperty("os.arch", "unknown"));
    }

    /** As {@link #current}, for the values of the system properties {@code os.name} and {@code os.arch}. */
    static Architecture of(String operatingSystem, String processor) {
        if (operatingSystem.equals("Linux")) {
            switch (processor) {
                case "amd64", "x86_64" -> {
                    return X86_64;
                }
                case "aarch64" -> {
                    return AARCH64;
                }
                default -> {}
            }
        }
        throw new UnsupportedPlatformException(operatingSystem, processor);
    }
}
