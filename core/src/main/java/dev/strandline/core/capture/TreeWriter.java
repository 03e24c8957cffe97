package dev.strandline.core.capture;

import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.NodeCodec;

/** Writes the entries of one directory, in order of their names, as a stream. An empty directory is an empty stream. */
final class TreeWriter {
    private final StreamBuilder stream;
    private final Encoder length = new Encoder();
    private final Encoder body = new Encoder();
    private boolean started;

    TreeWriter(ChunkLane lane, Chunker chunker) {
        this.stream = new StreamBuilder(lane, ChunkKind.TREE, chunker, null);
    }

    /** Tells what the directory's stream was before. */
    void resembles(Predecessor predecessor) {
        stream.resembles(predecessor);
    }

    void add(FileName name, EncodedNode node) throws RepositoryException {
        length.clear();
        body.clear();
        if (!started) {
            started = true;
            length.unsigned8(NodeCodec.VERSION);
        }
        NodeCodec.encodeName(body, name);
        body.bytes(node.bytes());
        length.varint(body.size());
        stream.write(length.array(), 0, length.size());
        stream.write(body.array(), 0, body.size());
    }

    ChunkStream finish() throws RepositoryException {
        return stream.finish();
    }
}
