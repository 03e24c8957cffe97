package dev.strandline.core.repository;

import dev.strandline.core.chunk.ChunkId;
import java.util.HashSet;
import java.util.Set;

/** Adds up what chunks take; of one that is stored several times, only its frames count again. One thread. */
public final class ChunkTally implements StoredChunk.Receiver {
    private final Set<ChunkId> seen = new HashSet<>();
    private final Sums data = new Sums();
    private final Sums tree = new Sums();
    private final SizeHistogram.Counter sizes = new SizeHistogram.Counter();

    /** Of one kind of chunks. */
    private static final class Sums {
        private long chunks;
        private long plainBytes;
        private long storedBytes;
        private long differences;
        private long differencePlainBytes;
        private long differenceStoredBytes;

        void add(StoredChunk chunk, boolean isNew) {
            long count = isNew ? 1 : 0;
            long length = isNew ? chunk.length() : 0;
            chunks += count;
            plainBytes += length;
            storedBytes += chunk.storedBytes();
            if (chunk.base().isPresent()) {
                differences += count;
                differencePlainBytes += length;
                differenceStoredBytes += chunk.storedBytes();
            }
        }

        ChunkAmounts amounts() {
            return new ChunkAmounts(
                    chunks, plainBytes, storedBytes, differences, differencePlainBytes, differenceStoredBytes);
        }
    }

    @Override
    public void accept(StoredChunk chunk) {
        boolean isNew = seen.add(chunk.id());
        switch (chunk.kind()) {
            case DATA -> {
                data.add(chunk, isNew);
                if (isNew) {
                    sizes.add(chunk.length());
                }
            }
            case TREE -> tree.add(chunk, isNew);
        }
    }

    public ChunkAmounts data() {
        return data.amounts();
    }

    public ChunkAmounts tree() {
        return tree.amounts();
    }

    public SizeHistogram dataSizes() {
        return sizes.histogram();
    }
}
