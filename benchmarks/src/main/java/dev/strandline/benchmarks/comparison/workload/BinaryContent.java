package dev.strandline.benchmarks.comparison.workload;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Bytes as a disk image or a database has them: blocks that are random, of text, or repetitive. */
public final class BinaryContent {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int TEXT_BYTES = 1 << 20;
    private static final int LONGEST_PIECE = 200;
    private static final int PATTERN_BYTES = 64;

    private final Random random;
    private final byte[] text;

    private BinaryContent(long seed) {
        this.random = new Random(seed);
        this.text = text(random);
    }

    /** Writes a file; the same seed makes the same bytes. */
    public static void write(Path file, long bytes, long seed) throws IOException {
        var content = new BinaryContent(seed);
        byte[] block = new byte[BLOCK_BYTES];
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), BLOCK_BYTES)) {
            for (long left = bytes; left > 0; left -= BLOCK_BYTES) {
                content.fill(block);
                out.write(block, 0, (int) Math.min(left, BLOCK_BYTES));
            }
        }
    }

    /** Of five blocks two are random, two text and one repetitive, on average. */
    private void fill(byte[] block) {
        switch (random.nextInt(5)) {
            case 0, 1 -> random.nextBytes(block);
            case 2, 3 -> fillWithText(block);
            default -> fillWithPattern(block);
        }
    }

    private void fillWithText(byte[] block) {
        for (int filled = 0; filled < block.length; ) {
            int length = Math.min(1 + random.nextInt(LONGEST_PIECE), block.length - filled);
            System.arraycopy(text, random.nextInt(text.length - length), block, filled, length);
            filled += length;
        }
    }

    private void fillWithPattern(byte[] block) {
        byte[] pattern = new byte[PATTERN_BYTES];
        random.nextBytes(pattern);
        for (int filled = 0; filled < block.length; filled += PATTERN_BYTES) {
            System.arraycopy(pattern, 0, block, filled, PATTERN_BYTES);
        }
    }

    private static byte[] text(Random random) {
        var text = new StringBuilder();
        while (text.length() < TEXT_BYTES) {
            text.append("record ").append(random.nextInt(100_000)).append(" of customer ");
            text.append(random.nextInt(1000))
                    .append(": amount ")
                    .append(random.nextInt())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
