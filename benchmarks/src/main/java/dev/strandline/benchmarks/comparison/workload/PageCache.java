package dev.strandline.benchmarks.comparison.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The kernel's memory of files. */
final class PageCache {
    private static final int BUFFER_BYTES = 1 << 20;

    private PageCache() {}

    /** Reads everything below a folder. */
    static void fill(Path folder) throws IOException {
        var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    read(file, buffer);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void read(Path file, ByteBuffer buffer) throws IOException {
        try (var channel = FileChannel.open(file)) {
            do {
                buffer.clear();
            } while (channel.read(buffer) > 0);
        }
    }
}
