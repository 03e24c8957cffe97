package dev.strandline.core.tree;

import dev.strandline.core.fs.FileType;
import java.util.Arrays;

/** One inode as stored; its name stands in the {@link Entry} that leads to it. */
public sealed interface Node {
    Metadata metadata();

    FileType type();

    /** @param changedWhileRead the file never held still: the content may mix two states */
    record RegularFile(Metadata metadata, ChunkStream content, boolean changedWhileRead) implements Node {
        @Override
        public FileType type() {
            return FileType.REGULAR;
        }
    }

    /** @param entries yields the encoded entries, ordered by name */
    record Directory(Metadata metadata, ChunkStream entries) implements Node {
        @Override
        public FileType type() {
            return FileType.DIRECTORY;
        }
    }

    record Symlink(Metadata metadata, byte[] target) implements Node {
        @Override
        public FileType type() {
            return FileType.SYMLINK;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Symlink(Metadata thatMetadata, byte[] thatTarget)
                    && metadata.equals(thatMetadata)
                    && Arrays.equals(target, thatTarget);
        }

        @Override
        public int hashCode() {
            return 31 * metadata.hashCode() + Arrays.hashCode(target);
        }
    }

    record Fifo(Metadata metadata) implements Node {
        @Override
        public FileType type() {
            return FileType.FIFO;
        }
    }

    record Socket(Metadata metadata) implements Node {
        @Override
        public FileType type() {
            return FileType.SOCKET;
        }
    }

    record Device(Metadata metadata, FileType type, int major, int minor) implements Node {
        public Device {
            if (type != FileType.CHARACTER_DEVICE && type != FileType.BLOCK_DEVICE) {
                throw new IllegalArgumentException(type + " is no device");
            }
        }
    }
}
