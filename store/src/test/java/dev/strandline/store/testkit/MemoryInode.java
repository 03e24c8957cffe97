package dev.strandline.store.testkit;

import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FileName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A file or directory of a {@link CrashFileSystem}: as it is, and as it is known to be on the disk. Guarded by the latter. */
abstract sealed class MemoryInode {
    final long number;
    FileTime modified;

    MemoryInode(long number, FileTime modified) {
        this.number = number;
        this.modified = modified;
    }

    /** A copy of this and all below, each inode once. */
    abstract MemoryInode copy(Map<MemoryInode, MemoryInode> copies);

    /** What is here after a power cut, each inode once. */
    abstract MemoryInode afterCrash(
            CrashOutcome outcome, RandomGenerator random, Map<MemoryInode, MemoryInode> survivors);

    /** Names, and for each the states that it has had since it was synced. */
    static final class DirectoryNode extends MemoryInode {
        /** Of each name the states that a power cut may leave: the synced one first, the current one last. */
        private final TreeMap<FileName, List<Optional<MemoryInode>>> states = new TreeMap<>();

        DirectoryNode(long number, FileTime modified) {
            super(number, modified);
        }

        Optional<MemoryInode> get(FileName name) {
            var known = states.get(name);
            return known == null ? Optional.empty() : known.getLast();
        }

        List<FileName> names() {
            return states.keySet().stream()
                    .filter(name -> get(name).isPresent())
                    .toList();
        }

        void put(FileName name, Optional<MemoryInode> inode) {
            states.computeIfAbsent(name, _ -> new ArrayList<>(List.of(Optional.empty())))
                    .add(inode);
        }

        void sync() {
            states.replaceAll((_, known) -> new ArrayList<>(List.of(known.getLast())));
            states.values().removeIf(known -> known.getLast().isEmpty());
        }

        @Override
        MemoryInode copy(Map<MemoryInode, MemoryInode> copies) {
            var existing = copies.get(this);
            if (existing != null) {
                return existing;
            }
            var copy = new DirectoryNode(number, modified);
            copies.put(this, copy);
            states.forEach((name, known) -> {
                var copied = new ArrayList<Optional<MemoryInode>>();
                known.forEach(state -> copied.add(state.map(inode -> inode.copy(copies))));
                copy.states.put(name, copied);
            });
            return copy;
        }

        @Override
        MemoryInode afterCrash(CrashOutcome outcome, RandomGenerator random, Map<MemoryInode, MemoryInode> survivors) {
            var existing = survivors.get(this);
            if (existing != null) {
                return existing;
            }
            var survivor = new DirectoryNode(number, modified);
            survivors.put(this, survivor);
            states.forEach((name, known) -> known.get(outcome.nameState(known.size(), random))
                    .ifPresent(inode -> survivor.states.put(
                            name,
                            new ArrayList<>(List.of(Optional.of(inode.afterCrash(outcome, random, survivors)))))));
            return survivor;
        }
    }

    /** Content as it is, and as it was synced last. */
    static final class FileNode extends MemoryInode {
        private byte[] content = new byte[0];
        private int size;
        private byte[] synced = new byte[0];

        /** A sync failed: as on Linux, what was written before is taken for clean and never comes to the disk. */
        private boolean lost;

        boolean locked;

        FileNode(long number, FileTime modified) {
            super(number, modified);
        }

        int size() {
            return size;
        }

        void write(long position, byte[] source, int offset, int length) {
            int end = Math.toIntExact(position + length);
            resize(Math.max(size, end));
            System.arraycopy(source, offset, content, (int) position, length);
        }

        void resize(int newSize) {
            if (newSize > content.length) {
                content = Arrays.copyOf(content, Math.max(newSize, 2 * content.length));
            }
            if (newSize < size) {
                Arrays.fill(content, newSize, size, (byte) 0);
            }
            size = newSize;
        }

        int read(long position, byte[] target, int offset, int length) {
            int count = Math.clamp(size - position, 0, length);
            if (count > 0) {
                System.arraycopy(content, (int) position, target, offset, count);
            }
            return count;
        }

        byte[] head(int length) {
            return Arrays.copyOf(content, Math.min(length, size));
        }

        void sync() {
            if (!lost) {
                synced = Arrays.copyOf(content, size);
            }
        }

        void failSync() {
            lost = true;
        }

        @Override
        MemoryInode copy(Map<MemoryInode, MemoryInode> copies) {
            return copies.computeIfAbsent(this, _ -> {
                var copy = new FileNode(number, modified);
                copy.content = Arrays.copyOf(content, size);
                copy.size = size;
                copy.synced = synced;
                copy.lost = lost;
                return copy;
            });
        }

        @Override
        MemoryInode afterCrash(CrashOutcome outcome, RandomGenerator random, Map<MemoryInode, MemoryInode> survivors) {
            return survivors.computeIfAbsent(this, _ -> {
                var survivor = new FileNode(number, modified);
                byte[] left = contentAfterCrash(outcome, random);
                survivor.content = left;
                survivor.size = left.length;
                survivor.synced = left;
                return survivor;
            });
        }

        private byte[] contentAfterCrash(CrashOutcome outcome, RandomGenerator random) {
            byte[] written = Arrays.copyOf(content, size);
            int unsynced = Arrays.mismatch(written, synced);
            if (unsynced < 0) {
                return synced;
            }
            byte[] left = written.clone();
            return switch (outcome.content(random)) {
                case SYNCED -> synced;
                case WRITTEN -> written;
                case TORN -> Arrays.copyOf(written, unsynced + random.nextInt(size - Math.min(size - 1, unsynced)));
                case ZEROS -> {
                    Arrays.fill(left, Math.min(unsynced, size), size, (byte) 0);
                    yield left;
                }
                case GARBAGE -> {
                    for (int i = unsynced; i < size; i++) {
                        left[i] = (byte) random.nextInt();
                    }
                    yield left;
                }
            };
        }
    }

    static Map<MemoryInode, MemoryInode> identities() {
        return new IdentityHashMap<>();
    }
}
