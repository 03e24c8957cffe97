package dev.strandline.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.output.Json;
import dev.strandline.core.report.Forecast;
import dev.strandline.core.report.RepositoryReport;
import dev.strandline.core.report.SnapshotGroup;

/** A report for machines. */
public final class ReportJson {
    private final RepositoryReport report;

    public ReportJson(RepositoryReport report) {
        this.report = report;
    }

    public ObjectNode document() {
        var json = amounts();
        days(json);
        json.set("forecast", forecast(report.forecast()));
        var hosts = json.putArray("hosts");
        report.hosts().forEach(group -> put(hosts.addObject().put("hostname", group.key()), group));
        var sources = json.putArray("sources");
        report.sources().forEach(group -> {
            var source = sources.addObject();
            Json.putPath(source, "path", group.key().toBytes());
            put(source, group);
        });
        var tags = json.putArray("tags");
        report.tags().forEach(group -> put(tags.addObject().put("tag", group.key()), group));
        report.detail().ifPresent(detail -> new DetailJson(report, detail).put(json));
        return json;
    }

    private ObjectNode amounts() {
        var amounts = report.deduplication();
        var stored = amounts.stored();
        var json = Json.object()
                .put("snapshots_count", amounts.snapshots())
                .put("total_file_count", amounts.logicalFiles())
                .put("total_uncompressed_size", amounts.logicalBytes())
                .put("total_size", stored.totalBytes())
                .put("ratio", amounts.ratio())
                .put("duplicate_bytes", amounts.duplicateBytes())
                .put("delta_bytes", amounts.deltaBytes())
                .put("compression_bytes", amounts.compressionBytes())
                .put("data_chunks", stored.data().chunks())
                .put("data_plain_bytes", stored.data().plainBytes())
                .put("data_stored_bytes", stored.data().storedBytes())
                .put("data_delta_chunks", stored.data().differences())
                .put("tree_chunks", stored.tree().chunks())
                .put("tree_plain_bytes", stored.tree().plainBytes())
                .put("tree_stored_bytes", stored.tree().storedBytes())
                .put("tree_delta_chunks", stored.tree().differences())
                .put("overhead_bytes", stored.overheadBytes())
                .put("packs", stored.packs())
                .put("index_segments", stored.segments())
                .put("snapshot_records", stored.snapshots());
        var sizes = json.putArray("chunk_sizes");
        for (var each : stored.dataSizes().classes()) {
            sizes.addObject()
                    .put("from_bytes", each.fromBytes())
                    .put("to_bytes", each.toBytes())
                    .put("chunks", each.count())
                    .put("bytes", each.bytes());
        }
        return json;
    }

    private void days(ObjectNode json) {
        var days = json.putArray("days");
        for (var day : report.growth().days()) {
            days.addObject()
                    .put("date", day.date().toString())
                    .put("snapshots_count", day.snapshots())
                    .put("total_bytes_processed", day.logicalBytes())
                    .put("data_added", day.addedBytes())
                    .put("data_added_packed", day.storedBytes());
        }
    }

    private static ObjectNode forecast(Forecast forecast) {
        return switch (forecast) {
            case Forecast.Line line ->
                Json.object()
                        .put("from", line.from().toString())
                        .put("to", line.to().toString())
                        .put("bytes_per_day", Math.round(line.bytesPerDay()))
                        .put("total_size_in_30_days", line.totalBytesIn(ForecastText.MONTH_DAYS))
                        .put("total_size_in_365_days", line.totalBytesIn(ForecastText.YEAR_DAYS));
            case Forecast.TooFewDays(long days) ->
                Json.object().put("days", days).put("days_needed", Forecast.MIN_DAYS);
        };
    }

    private void put(ObjectNode json, SnapshotGroup<?> group) {
        json.put("snapshots_count", group.snapshots())
                .put("first", Json.time(group.first(), report.zone()))
                .put("last", Json.time(group.last(), report.zone()))
                .put("total_bytes_processed", group.bytes())
                .put("data_added", group.addedBytes())
                .put("data_added_packed", group.storedBytes());
    }
}
