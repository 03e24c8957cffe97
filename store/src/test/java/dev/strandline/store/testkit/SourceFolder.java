package dev.strandline.store.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A small folder with what makes several packs of several frames, in versions that follow each other. */
public final class SourceFolder {
    private static final int KIB = 1024;

    private SourceFolder() {}

    /**
     * Makes the folder as of a version, from 1: large files of many chunks, some of which change at their front from
     * version to version, small ones next to each other, some new, some gone, an empty one, a link.
     */
    public static void create(Path folder, int version) throws IOException {
        Files.createDirectories(folder);
        write(folder, "constant.bin", random(1, 140 * KIB));
        write(folder, "changing.bin", join(random(100L + version, version * KIB), random(2, 150 * KIB)));
        for (int i = 0; i < 4; i++) {
            write(folder, "large-" + version + "-" + i + ".bin", random(200L + 10L * version + i, 135 * KIB));
        }
        write(folder, "text.txt", "the same line again\n".repeat(4_000).getBytes(StandardCharsets.US_ASCII));
        write(folder, "empty", new byte[0]);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("small/file-1"));
        for (int i = 0; i < 12; i++) {
            int edition = i % 3 == 0 ? version : 0;
            write(folder, "small/file-" + i, random(1000L * edition + i, 100 + 397 * i));
        }
        write(folder, "version-" + version + "/deep/er/file", random(300L + version, 5 * KIB));
    }

    private static void write(Path folder, String name, byte[] content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
