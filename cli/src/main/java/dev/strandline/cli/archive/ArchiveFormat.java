package dev.strandline.cli.archive;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the entries of an archive, one after another. One thread. */
interface ArchiveFormat {
    /** Begins an entry; the content of a regular file follows on {@link #content}. */
    void begin(FilePath path, Node node) throws IOException;

    /** An entry that is a hard link to an earlier one; false when the format has no such thing. */
    boolean link(FilePath path, Node node, FilePath first) throws IOException;

    OutputStream content();

    void end() throws IOException;

    /** Completes the archive. */
    void finish() throws IOException;
}
