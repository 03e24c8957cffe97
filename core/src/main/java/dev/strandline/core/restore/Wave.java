package dev.strandline.core.restore;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Files of many directories whose chunks are fetched together, in whatever order the repository likes best, and written
 * where they belong. Filled by one thread, then handed to another that fetches; several take what comes.
 */
final class Wave implements ChunkReceiver {
    /** Places that wait for chunks. */
    private static final int MAX_CHUNKS = 16_384;

    /** Where a chunk's bytes go. */
    private record Destination(FileJob job, long position, int length) {}

    private final int maxDescriptors;
    private final BooleanSupplier cancelled;
    private final Map<ChunkId, List<Destination>> wanted = new HashMap<>();
    private final Set<RestoringDirectory> directories = new HashSet<>();
    private final Set<FileJob> filesOpen = new HashSet<>();
    private int chunks;

    /** @param maxDescriptors for directories and for files of more than one chunk, which are open at once */
    Wave(int maxDescriptors, BooleanSupplier cancelled) {
        this.maxDescriptors = maxDescriptors;
        this.cancelled = cancelled;
    }

    /** @param isOnly whether the file has no other chunk, and so is open no longer than this one is written */
    void expect(FileJob job, ChunkId id, long position, int length, boolean isOnly) {
        job.expectChunk();
        wanted.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(new Destination(job, position, length));
        directories.add(job.parent());
        if (!isOnly) {
            filesOpen.add(job);
        }
        chunks++;
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    boolean isFull() {
        return chunks >= MAX_CHUNKS || directories.size() + filesOpen.size() >= maxDescriptors;
    }

    /** Returns when each place has what it waited for. */
    void fetchFrom(ChunkSource source) throws RepositoryException {
        source.fetch(wanted.keySet(), this);
    }

    @Override
    public void accept(ChunkId id, byte[] data, int offset, int length) {
        if (cancelled.getAsBoolean()) {
            throw new RestoreCancelledException(false);
        }
        for (var destination : wanted.getOrDefault(id, List.of())) {
            if (length == destination.length) {
                destination.job.write(destination.position, data, offset, length);
            } else {
                destination.job.damaged(new DamageException(
                        "chunk " + id, "it has " + length + " bytes where a file has " + destination.length));
            }
        }
    }

    @Override
    public void damaged(ChunkId id, DamageException damage) {
        wanted.getOrDefault(id, List.of()).forEach(destination -> destination.job.damaged(damage));
    }

    /** Lets go of what its files still hold. */
    void abandon() {
        wanted.values().forEach(destinations -> destinations.forEach(destination -> destination.job.abandon()));
    }
}
