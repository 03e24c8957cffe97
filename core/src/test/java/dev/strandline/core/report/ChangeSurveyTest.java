package dev.strandline.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.report.ChangeReport.BusyPath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.testkit.MemoryChunkStore;
import dev.strandline.core.testkit.TreeMaker;
import dev.strandline.core.tree.Node;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What changes most, by records that have digests of paths only. */
class ChangeSurveyTest {
    private final MemoryChunkStore chunks = new MemoryChunkStore();
    private final TreeMaker make = new TreeMaker(chunks);
    private final List<DamageException> damages = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();

    /** Of a folder /srv/r/a with a log, and maybe another file. */
    private void take(Optional<String> other, String... changed) {
        var folder = new HashMap<String, Node>();
        folder.put("app.log", make.file("log " + snapshots.size()));
        other.ifPresent(name -> folder.put(name, make.file("x")));
        var root = make.directory(Map.of("a", make.directory(folder), "top.txt", make.file("top")));
        snapshots.add(TreeMaker.snapshot(
                snapshots.size(),
                "/srv/r",
                root,
                changed.length == 0 ? Optional.empty() : Optional.of(List.of(changed))));
    }

    private ChangeReport report() throws RepositoryException {
        return new ChangeSurvey(chunks, snapshots, damages::add)
                .report(ZoneOffset.UTC, name -> name.substring(name.lastIndexOf('.') + 1));
    }

    @Test
    void paths_thatStillExist_areNamedWithHowOftenTheyChanged() throws RepositoryException {
        take(Optional.empty());
        take(Optional.empty(), "/srv", "/srv/r", "/srv/r/a", "/srv/r/a/app.log");
        take(Optional.empty(), "/srv", "/srv/r", "/srv/r/a", "/srv/r/a/app.log", "/srv/r/top.txt");
        var report = report();
        assertThat(report.snapshots()).isEqualTo(2);
        assertThat(report.untold()).isEqualTo(1);
        assertThat(report.paths())
                .containsExactly(
                        new BusyPath(FilePath.of("/srv/r/a/app.log"), 2),
                        new BusyPath(FilePath.of("/srv/r/top.txt"), 1));
        assertThat(report.kinds()).isEqualTo(Map.of("log", 2L, "txt", 1L));
        assertThat(report.unnamed()).isZero();
    }

    @Test
    void folders_countTheFilesInThem_byTheHour() throws RepositoryException {
        take(Optional.empty());
        take(Optional.empty(), "/srv", "/srv/r", "/srv/r/a", "/srv/r/a/app.log", "/srv/r/top.txt");
        var folders = report().folders();
        assertThat(folders)
                .extracting(ChangeReport.BusyFolder::path)
                .containsExactly(FilePath.of("/srv/r"), FilePath.of("/srv/r/a"));
        assertThat(folders.getFirst().byHour()).hasSize(ChangeReport.HOURS).startsWith(1L, 0L);
        assertThat(folders.getLast().changes()).isEqualTo(1);
    }

    @Test
    void paths_thatAreGone_areNamedFromWhenTheyWereThere() throws RepositoryException {
        take(Optional.of("old.tmp"));
        take(Optional.empty(), "/srv", "/srv/r", "/srv/r/a", "/srv/r/a/app.log", "/srv/r/a/old.tmp");
        take(Optional.empty(), "/srv", "/srv/r", "/srv/r/a", "/srv/r/a/app.log");
        assertThat(report().paths()).contains(new BusyPath(FilePath.of("/srv/r/a/old.tmp"), 1));
    }

    @Test
    void paths_thatNoSnapshotHas_areCountedAsUnnamed() throws RepositoryException {
        take(Optional.empty());
        take(Optional.empty(), "/srv", "/srv/r", "/srv/r/a", "/srv/r/a/app.log", "/srv/r/a/never");
        assertThat(report().unnamed()).isEqualTo(1);
    }

    @Test
    void names_ofManySnapshots_areLookedForOnceEach() throws RepositoryException {
        for (int i = 0; i < 300; i++) {
            take(Optional.empty(), "/srv", "/srv/r", "/srv/r/a", "/srv/r/a/app.log");
        }
        long before = chunks.readCount();
        assertThat(report().paths().getFirst().changes()).isEqualTo(300);
        assertThat(chunks.readCount() - before).isLessThan(5);
    }

    @Test
    void report_ofNothing_isEmpty() throws RepositoryException {
        assertThat(report()).isEqualTo(new ChangeReport(0, 0, List.of(), Collections.emptySortedMap(), List.of(), 0));
    }
}
