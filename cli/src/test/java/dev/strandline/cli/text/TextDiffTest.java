package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Differences line by line, held against git, which has to be able to apply them. */
final class TextDiffTest {
    private static final FilePath PATH = FilePath.of("/file");

    @TempDir
    private Path folder;

    private static List<String> print(String before, String after) {
        var lines = new ArrayList<String>();
        TextDiff.between(text(before), text(after)).print(PATH, PATH, line -> lines.add(line.text()));
        return lines;
    }

    private static FileText text(String text) {
        return FileText.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void print_oneLine_hasThreeLinesAround() {
        assertThat(print("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
                .containsExactly(
                        "--- a/file",
                        "+++ b/file",
                        "@@ -2,7 +2,7 @@",
                        " 2",
                        " 3",
                        " 4",
                        "-5",
                        "+five",
                        " 6",
                        " 7",
                        " 8");
    }

    @Test
    void print_aLastLineWithoutItsEnd_isSaid() {
        assertThat(print("1\n2", "1\n2\n"))
                .containsExactly(
                        "--- a/file",
                        "+++ b/file",
                        "@@ -1,2 +1,2 @@",
                        " 1",
                        "-2",
                        "\\ No newline at end of file",
                        "+2");
    }

    @Test
    void print_equalTexts_isNothing() {
        assertThat(print("1\n", "1\n")).isEmpty();
    }

    @Test
    void print_whatHoldsNul_isNotShown() {
        assertThat(print("1\n", "1\0\n")).containsExactly("Binary files a/file and b/file differ");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void print_anyTexts_gitAppliesIt(long seed) throws IOException {
        System.out.println("text difference with seed " + seed);
        HostTools.require("git");
        var random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            byte[] before = content(random, List.of());
            byte[] after = content(
                    random,
                    new String(before, StandardCharsets.ISO_8859_1).lines().toList());
            var patch = new ByteArrayOutputStream();
            var difference = TextDiff.between(FileText.of(before), FileText.of(after));
            difference.print(PATH, PATH, line -> patch.writeBytes(ByteText.encode(line.text() + "\n")));
            Files.write(folder.resolve("file"), before);
            Files.write(folder.resolve("patch"), patch.toByteArray());
            if (patch.size() > 0) {
                var applied = HostTools.run(List.of("git", "apply", "--whitespace=nowarn", "patch"), folder);
                assertThat(applied.exitCode()).as("%s", applied).isZero();
            }
            assertThat(Files.readAllBytes(folder.resolve("file"))).isEqualTo(after);
        }
    }

    /** Some lines, many of those that there were, bytes of any kind but NUL, at times without an end. */
    private static byte[] content(Random random, List<String> earlier) {
        var lines = new ArrayList<>(earlier);
        for (int i = random.nextInt(30); i >= 0; i--) {
            int at = random.nextInt(lines.size() + 1);
            if (random.nextInt(3) == 0 && at < lines.size()) {
                lines.remove(at);
            } else {
                lines.add(at, random.nextInt(5) == 0 ? "x\u00e9\u00ff\u0080" : "line " + random.nextInt(8));
            }
        }
        String text = String.join("\n", lines) + (random.nextBoolean() && !lines.isEmpty() ? "\n" : "");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void between_moreLinesThanAreCompared_isStillRight() {
        var before = new StringBuilder("first\n");
        var after = new StringBuilder("first\n");
        for (int i = 0; i < 30_000; i++) {
            before.append("old ").append(i).append('\n');
            after.append("new ").append(i).append('\n');
        }
        var difference = TextDiff.between(text(before + "last\n"), text(after + "last\n"));
        assertThat(difference.addedLines()).isEqualTo(30_000);
        assertThat(difference.removedLines()).isEqualTo(30_000);
    }
}
