package dev.strandline.core.testkit;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkReceiver;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Chunks in memory, whose ids are their SHA-256, and which tests can lose or damage. Safe for use by several threads. */
public final class MemoryChunkStore implements ChunkSource {
    /** In the order of their ids, so that a fetch has nothing of the order in which files want their chunks. */
    private final Map<ChunkId, Stored> chunks = new ConcurrentSkipListMap<>();

    private final Set<ChunkId> damaged = ConcurrentHashMap.newKeySet();
    private final LongAdder reads = new LongAdder();
    private final LongAdder addedBytes = new LongAdder();

    private record Stored(ChunkKind kind, byte[] data) {}

    public static ChunkId idOf(byte[] data, int offset, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(data, offset, length);
            return ChunkId.read(digest.digest(), 0);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    public ChunkId store(ChunkKind kind, byte[] data, int offset, int length) {
        var id = idOf(data, offset, length);
        var before = chunks.putIfAbsent(id, new Stored(kind, Arrays.copyOfRange(data, offset, offset + length)));
        if (before == null) {
            addedBytes.add(length);
        }
        return id;
    }

    /** Stores all of {@code data} as one chunk. */
    public ChunkId store(ChunkKind kind, byte[] data) {
        return store(kind, data, 0, data.length);
    }

    /** From now on the chunk is not what was stored; the index still promises it. */
    public void damage(ChunkId id) {
        damaged.add(id);
    }

    /** From now on the chunk is missing. */
    public void lose(ChunkId id) {
        chunks.remove(id);
    }

    /** The ids of one kind's chunks, in order. */
    public List<ChunkId> ids(ChunkKind kind) {
        return chunks.entrySet().stream()
                .filter(chunk -> chunk.getValue().kind == kind)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How often {@link #read} was called. */
    public long readCount() {
        return reads.sum();
    }

    public long addedBytes() {
        return addedBytes.sum();
    }

    @Override
    public byte[] read(ChunkId id) throws DamageException {
        reads.increment();
        var stored = chunks.get(id);
        if (stored == null) {
            throw new DamageException("chunk " + id, "it is missing");
        }
        if (damaged.contains(id)) {
            throw new DamageException("chunk " + id, "it is not what was stored");
        }
        return stored.data;
    }

    @Override
    public void fetch(Collection<ChunkId> wanted, ChunkReceiver receiver) {
        wanted.stream().sorted().parallel().forEach(id -> {
            byte[] data;
            try {
                data = read(id);
            } catch (DamageException damage) {
                receiver.damaged(id, damage);
                return;
            }
            // Handed out from the middle of a larger array, as from a frame.
            byte[] frame = new byte[data.length + 7];
            System.arraycopy(data, 0, frame, 5, data.length);
            receiver.accept(id, frame, 5, data.length);
            Arrays.fill(frame, (byte) 0xEE);
        });
    }

    @Override
    public boolean contains(ChunkId id) {
        return chunks.containsKey(id);
    }
}
