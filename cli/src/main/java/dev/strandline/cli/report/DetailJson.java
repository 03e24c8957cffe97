package dev.strandline.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.output.Json;
import dev.strandline.core.report.FolderSlice;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.report.RepositoryReport.Detail;

/** What reading all trees has brought, for machines. */
final class DetailJson {
    private static final int FOLDERS = 100;
    private static final int PATHS = 100;

    private final RepositoryReport report;
    private final Detail detail;

    DetailJson(RepositoryReport report, Detail detail) {
        this.report = report;
        this.detail = detail;
    }

    void put(ObjectNode json) {
        var holdings = detail.holdings();
        json.put("shared_bytes", holdings.sharedBytes()).put("unused_bytes", holdings.unusedBytes());
        var snapshots = json.putArray("snapshots");
        for (var snapshot : report.snapshots()) {
            snapshots
                    .addObject()
                    .put("id", snapshot.id().hex())
                    .put("short_id", snapshot.id().shortHex())
                    .put("time", Json.time(snapshot.record().time(), report.zone()))
                    .put("would_free_bytes", holdings.aloneBytes(snapshot));
        }
        var folders = json.putArray("folders");
        for (var slice : FolderSlice.of(holdings.roots(), FOLDERS)) {
            var folder = folders.addObject();
            Json.putPath(folder, "path", slice.share().path().toBytes());
            folder.put("is_rest", slice.isRest()).put("stored_bytes", slice.storedBytes());
        }
        var kinds = json.putArray("kinds");
        holdings.kinds()
                .forEach((kind, bytes) -> kinds.addObject()
                        .put("kind", kind)
                        .put("stored_bytes", bytes)
                        .put("changes", detail.changes().kinds().getOrDefault(kind, 0L)));
        changes(json.putObject("changes"));
    }

    private void changes(ObjectNode json) {
        var changes = detail.changes();
        json.put("snapshots_told", changes.snapshots())
                .put("snapshots_untold", changes.untold())
                .put("unnamed", changes.unnamed());
        var paths = json.putArray("paths");
        for (var busy :
                changes.paths().subList(0, Math.min(PATHS, changes.paths().size()))) {
            var path = paths.addObject();
            Json.putPath(path, "path", busy.path().toBytes());
            path.put("changes", busy.changes());
        }
        var folders = json.putArray("folders");
        for (var busy : changes.folders()) {
            var folder = folders.addObject();
            Json.putPath(folder, "path", busy.path().toBytes());
            var hours = folder.putArray("by_hour");
            busy.byHour().forEach(hours::add);
        }
    }
}
