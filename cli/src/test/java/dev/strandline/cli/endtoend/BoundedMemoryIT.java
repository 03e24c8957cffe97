package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Large files and many files in a small heap. */
final class BoundedMemoryIT {
    private static final long SEED = 29;
    private static final long GIB = 1L << 30;
    private static final int FILES = 200_000;
    private static final int FILES_IN_FOLDER = 2_000;

    private static Program inSmallHeap(Workplace place) {
        place.initialized();
        return place.strandline().with("STRANDLINE_JVM_OPTS", "-Xmx256m");
    }

    @Test
    void sparseFileOf20Gib_comesBackWithItsHoles() throws IOException {
        try (var place = Workplace.create()) {
            System.out.println("sparse file with seed " + SEED);
            var file = place.directory("tree").resolve("sparse");
            byte[] data = new byte[3 << 20];
            var random = new Random(SEED);
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (long position = GIB / 2; position < 20 * GIB; position += GIB) {
                    random.nextBytes(data);
                    channel.write(ByteBuffer.wrap(data), position);
                }
                channel.write(ByteBuffer.wrap(new byte[] {1}), 20 * GIB - 1);
            }
            var strandline = inSmallHeap(place);
            strandline.run("snapshot", "tree").succeedsSilently();
            strandline
                    .run("restore", "latest:" + place.path("tree"), "--target", "restored")
                    .succeedsSilently();
            var restored = place.path("restored/sparse");
            assertThat(Files.size(restored)).isEqualTo(20 * GIB);
            assertThat(Files.getLastModifiedTime(restored)).isEqualTo(Files.getLastModifiedTime(file));
            assertSameExtents(place);
            strandline.run("check", "--read-data").succeedsSilently();
        }
    }

    /** Data and holes lie in the same places and the data is the same; holes are not read. */
    private static void assertSameExtents(Workplace place) throws IOException {
        var host = PosixFileSystem.open();
        var name = FileName.of("sparse");
        byte[] expected = new byte[1 << 20];
        byte[] actual = new byte[1 << 20];
        try (var source = host.openDirectory(place.filePath("tree"));
                var target = host.openDirectory(place.filePath("restored"));
                var one = source.openFile(name);
                var other = target.openFile(name)) {
            int pieces = 0;
            for (long start = one.nextData(0); start >= 0; pieces++) {
                assertThat(other.nextData(pieces == 0 ? 0 : one.nextHole(start) - 1))
                        .isNotNegative();
                long end = one.nextHole(start);
                assertThat(other.nextData(start)).isEqualTo(start);
                assertThat(other.nextHole(start)).isEqualTo(end);
                for (long position = start; position < end; ) {
                    int length = (int) Math.min(expected.length, end - position);
                    assertThat(one.read(position, expected, 0, length)).isEqualTo(length);
                    assertThat(other.read(position, actual, 0, length)).isEqualTo(length);
                    assertThat(actual).isEqualTo(expected);
                    position += length;
                }
                start = one.nextData(end);
                assertThat(other.nextData(end)).isEqualTo(start);
            }
            assertThat(pieces).isEqualTo(21);
        }
    }

    @Test
    void folderOf200000Files_comesBackTheSame() throws IOException {
        try (var place = Workplace.create()) {
            makeFiles(place.directory("tree"));
            var strandline = inSmallHeap(place);
            strandline.run("snapshot", "tree").succeedsSilently();
            strandline
                    .run("restore", "latest:" + place.path("tree"), "--target", "restored")
                    .succeedsSilently();
            assertThat(listing(place.path("restored"))).isEqualTo(listing(place.path("tree")));
            var rsync = Workplace.tool(
                    "rsync",
                    "-aHAXnc",
                    "--delete",
                    "--numeric-ids",
                    "-i",
                    place.path("tree") + "/",
                    place.path("restored") + "/");
            assertThat(rsync.stdoutText()).isEmpty();
            strandline.run("check", "--read-data").succeedsSilently();
        }
    }

    private static void makeFiles(Path tree) throws IOException {
        for (int i = 0; i < FILES; i++) {
            if (i % FILES_IN_FOLDER == 0) {
                Files.createDirectory(tree.resolve("folder" + i / FILES_IN_FOLDER));
            }
            Files.writeString(
                    tree.resolve("folder" + i / FILES_IN_FOLDER + "/file" + i), "content of file " + i + "\n");
        }
    }

    private static String listing(Path tree) {
        return Workplace.tool(
                        "sh",
                        "-c",
                        "cd $0 && find . -printf '%P %y %m %U %G %T@ %n\\n' | sort | sha256sum",
                        tree.toString())
                .stdoutText();
    }
}
