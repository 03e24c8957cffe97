package dev.strandline.benchmarks.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Circumstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the workloads of a run have brought, a file each: a run takes hours, and one that is broken off can go on with the
 * workloads that it had not finished.
 *
 * @param folder which exists
 * @param circumstances of this run; what was brought under others is as if it weren't there
 */
record KeptChapters(Path folder, Circumstances circumstances) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A file's content. */
    private record Kept(Circumstances circumstances, Chapter chapter) {}

    void keep(Chapter chapter) throws IOException {
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(file(chapter.letter()).toFile(), new Kept(circumstances, chapter));
    }

    /** For a run that begins anew: if it is broken off, nothing older is to be resumed from. */
    void drop(String letter) throws IOException {
        Files.deleteIfExists(file(letter));
    }

    /** @throws IOException if there is a file that can't be read, and says which one to delete */
    Optional<Chapter> find(String letter) throws IOException {
        var file = file(letter);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            var kept = JSON.readValue(file.toFile(), Kept.class);
            return circumstances.areKnown() && kept.circumstances().equals(circumstances)
                    ? Optional.of(kept.chapter())
                    : Optional.empty();
        } catch (IOException e) {
            throw new IOException("can't resume from " + file + ", delete it: " + e.getMessage(), e);
        }
    }

    private Path file(String letter) {
        return folder.resolve("chapter-" + letter + ".json");
    }
}
