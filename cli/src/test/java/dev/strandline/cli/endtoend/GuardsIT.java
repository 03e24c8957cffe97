package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that was unmounted or emptied fails the run instead of becoming the newest snapshot. */
final class GuardsIT {
    private static final int FILES = 10;

    @AutoClose
    private final Workplace place = Workplace.create();

    @BeforeEach
    void initialize() throws IOException {
        place.initialized();
        for (int i = 0; i < FILES; i++) {
            place.file("app/folder" + i % 2 + "/file" + i, "content " + i);
        }
        place.file("etc/file", "content");
    }

    private Program guarded(String guard) throws IOException {
        return place.configured("""
                [[source]]
                path = "%s"
                %s
                [[source]]
                path = "%s"
                """.formatted(place.path("app"), guard, place.path("etc")));
    }

    private void delete(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.delete(place.path("app/folder" + i % 2 + "/file" + i));
        }
    }

    @Test
    void maxDeleted_fewAreGone_isSaved() throws IOException {
        var program = guarded("max-deleted = \"20%\"");
        program.run("snapshot").succeedsSilently();
        delete(2);
        program.run("snapshot").succeedsSilently();
        assertThat(place.snapshotCount()).isEqualTo(2);
    }

    @Test
    void maxDeleted_tooManyAreGone_savesNothingUntilItIsMeant() throws IOException {
        var program = guarded("max-deleted = \"20%\"");
        program.run("snapshot").succeedsSilently();
        delete(3);
        place.file("app/new1", "as many files as before");
        place.file("app/new2", "as many files as before");
        place.file("app/new3", "as many files as before");
        for (int round = 0; round < 2; round++) {
            program.run("snapshot")
                    .failsSaying(
                            1,
                            "of the 10 files that the source " + place.path("app") + " held in snapshot",
                            "3 are gone, more than max-deleted = 20%",
                            "--no-guards");
        }
        program.run("snapshot", "--dry-run").failsSaying(1, "more than max-deleted");
        assertThat(place.snapshotCount()).isEqualTo(1);
        program.run("snapshot", "--no-guards").succeedsSilently();
        program.run("snapshot").succeedsSilently();
    }

    @Test
    void maxDeleted_emptiedAndForced_isHeldAgainstTheLastSnapshotAllTheSame() throws IOException {
        var program = guarded("max-deleted = \"99%\"");
        program.run("snapshot").succeedsSilently();
        delete(FILES);
        program.run("snapshot").failsSaying(1, "10 are gone");
        program.run("snapshot", "--force").failsSaying(1, "10 are gone");
    }

    @Test
    void maxDeleted_sourceWasLeftOutLastTime_isHeldAgainstTheSnapshotBefore() throws IOException {
        guarded("max-deleted = \"20%\"").run("snapshot").succeedsSilently();
        guarded("hooks.before = \"exit 1\"").run("snapshot").exits(3);
        delete(5);
        guarded("max-deleted = \"20%\"").run("snapshot").failsSaying(1, "5 are gone");
    }

    @Test
    void minFiles_tooFew_savesNothing() throws IOException {
        guarded("min-files = 10").run("snapshot").succeedsSilently();
        delete(1);
        guarded("min-files = 10")
                .run("snapshot")
                .failsSaying(1, "the source " + place.path("app") + " holds 9 files, fewer than min-files = 10");
        assertThat(place.snapshotCount()).isEqualTo(1);
    }

    @Test
    void minFiles_sourceIsGone_savesNothingUnlessItIsOptional() throws IOException {
        Workplace.tool("rm", "-r", place.path("app").toString());
        guarded("min-files = 1").run("snapshot").exits(1);
        assertThat(place.snapshotCount()).isZero();
        guarded("min-files = 1\noptional = true").run("snapshot").succeedsSilently();
    }

    @Test
    void requireMount_nothingIsMounted_savesNothing() throws IOException {
        guarded("require-mount = \"" + place.path("app") + "\"")
                .run("snapshot")
                .failsSaying(1, "nothing is mounted at " + place.path("app"), "Mount it");
        assertThat(place.snapshotCount()).isZero();
        guarded("require-mount = \"/proc\"").run("snapshot").succeedsSilently();
    }
}
