package dev.strandline.cli.doctor;

import dev.strandline.cli.output.Quantities;

/** How much room is enough. */
final class DiskSpace {
    private static final long WARNING_BYTES = 1L << 30;
    private static final long FAILURE_BYTES = 100L << 20;
    private static final int WARNING_PERCENT = 10;
    private static final int FAILURE_PERCENT = 1;

    private DiskSpace() {}

    static Finding judge(String check, long freeBytes, long totalBytes) {
        String found = Quantities.bytes(freeBytes) + " of " + Quantities.bytes(totalBytes) + " are free";
        String fix = "Make room, or move the repository to a larger disk.";
        if (isLess(freeBytes, totalBytes, FAILURE_BYTES, FAILURE_PERCENT)) {
            return Finding.failure(check, found, fix);
        }
        return isLess(freeBytes, totalBytes, WARNING_BYTES, WARNING_PERCENT)
                ? Finding.warning(check, found, fix)
                : Finding.ok(check, found);
    }

    private static boolean isLess(long freeBytes, long totalBytes, long bytes, int percent) {
        return freeBytes < bytes || freeBytes < totalBytes / 100 * percent;
    }
}
