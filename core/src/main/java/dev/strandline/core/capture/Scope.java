package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import java.util.Arrays;

/**
 * A source whose rules hold in a directory, because it lies in there and they have not left it out. Where sources lie in each
 * other a directory can have several, and an entry stays out only when all of them leave it out; on the way to a source that
 * was named apart it can have none.
 *
 * @param root the source's own directory
 * @param prefix how many bytes of a path in the captured root lead to the source
 */
record Scope(CaptureSource source, FileStatus root, int prefix) {
    /** A path in the captured root, relative to the source. */
    byte[] relative(byte[] pathInRoot) {
        return prefix == 0 ? pathInRoot : Arrays.copyOfRange(pathInRoot, prefix + 1, pathInRoot.length);
    }
}
