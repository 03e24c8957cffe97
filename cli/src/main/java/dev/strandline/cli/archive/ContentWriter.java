package dev.strandline.cli.archive;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the content of a file to a stream, holes as zeros. */
public final class ContentWriter {
    private static final byte[] ZEROS = new byte[64 << 10];

    private ContentWriter() {}

    public static void write(ChunkSource source, ChunkStream content, OutputStream out)
            throws RepositoryException, IOException {
        var extents = new ExtentReader(source, content);
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            switch (extent) {
                case Extent.Chunk(var id, int _) -> out.write(source.read(id));
                case Extent.Hole(long lengthBytes) -> {
                    for (long rest = lengthBytes; rest > 0; rest -= ZEROS.length) {
                        out.write(ZEROS, 0, (int) Math.min(rest, ZEROS.length));
                    }
                }
            }
        }
    }
}
