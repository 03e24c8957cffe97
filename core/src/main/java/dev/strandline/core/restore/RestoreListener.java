package dev.strandline.core.restore;

import dev.strandline.core.path.FilePath;

/** Told what a restore and its verification do. Safe for use by several threads. */
public interface RestoreListener {
    void problem(RestoreProblem problem);

    /** An entry is in place, or verified, with so many bytes of content. */
    void done(FilePath path, long bytes);
}
