package dev.strandline.core.report;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Directories that are to be walked, and whose each is. One waits again when its owner changes after it was walked, which
 * happens once at most. Safe for use by several threads.
 */
final class WaitingDirectories {
    private final int[] owners; // guarded by this
    private final BitSet isWaiting = new BitSet(); // guarded by this
    private final Queue<OneChunk> waiting = new ArrayDeque<>(); // guarded by this
    private final Map<ChunkStream, Integer> longOwners = new HashMap<>(); // guarded by this
    private final Set<ChunkStream> isLongWaiting = new HashSet<>(); // guarded by this
    private final Queue<Directory> waitingLong = new ArrayDeque<>(); // guarded by this

    /** A directory that waits. */
    record Directory(ChunkStream entries, int owner, FolderTally folder) {}

    /** The same of one chunk, as nearly all are; the owner is looked up when it is walked. */
    private record OneChunk(int number, ChunkId chunk, int length, FolderTally folder) {}

    /** @param owners at first nobody, one for each chunk */
    WaitingDirectories(int[] owners) {
        this.owners = owners;
    }

    /** Meets a directory of one chunk. */
    synchronized void meet(int number, Extent.Chunk chunk, int owner, FolderTally folder) {
        int joined = Ownership.join(owners[number], owner);
        if (joined == owners[number]) {
            return;
        }
        owners[number] = joined;
        if (!isWaiting.get(number)) {
            isWaiting.set(number);
            waiting.add(new OneChunk(number, chunk.id(), chunk.length(), folder));
        }
    }

    /** Meets a directory of several chunks. */
    synchronized void meet(ChunkStream entries, int owner, FolderTally folder) {
        int before = longOwners.getOrDefault(entries, 0);
        int joined = Ownership.join(before, owner);
        if (joined == before) {
            return;
        }
        longOwners.put(entries, joined);
        if (isLongWaiting.add(entries)) {
            waitingLong.add(new Directory(entries, joined, folder));
        }
    }

    /** Takes the directories of one chunk that have waited longest. */
    synchronized List<Directory> take(int count) {
        var taken = new ArrayList<Directory>();
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            var next = waiting.remove();
            isWaiting.clear(next.number);
            var entries = new ChunkStream.Direct(List.of(new Extent.Chunk(next.chunk, next.length)));
            taken.add(new Directory(entries, owners[next.number], next.folder));
        }
        return taken;
    }

    /** Takes the directory of several chunks that has waited longest; null when there is none. */
    synchronized @Nullable Directory takeLong() {
        var next = waitingLong.poll();
        if (next == null) {
            return null;
        }
        isLongWaiting.remove(next.entries);
        return new Directory(next.entries, longOwners.getOrDefault(next.entries, next.owner), next.folder);
    }
}
