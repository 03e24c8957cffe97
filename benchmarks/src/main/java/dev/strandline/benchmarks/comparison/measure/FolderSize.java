package dev.strandline.benchmarks.comparison.measure;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * How much is in a folder.
 *
 * @param files regular files, each name of one that has several
 * @param bytes of their content
 */
public record FolderSize(long files, long bytes) {
    public static final FolderSize NONE = new FolderSize(0, 0);

    /** Looks at everything below a folder. */
    public static FolderSize of(Path folder) throws IOException {
        var counter = new Counter();
        Files.walkFileTree(folder, counter);
        return new FolderSize(counter.files, counter.bytes);
    }

    public FolderSize plus(FolderSize other) {
        return new FolderSize(files + other.files, bytes + other.bytes);
    }

    private static final class Counter extends SimpleFileVisitor<Path> {
        private long files;
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                files++;
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
