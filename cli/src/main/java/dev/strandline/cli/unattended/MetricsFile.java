package dev.strandline.cli.unattended;

import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The facts of the last run for monitoring, in OpenMetrics' text format (openmetrics.io), which node_exporter's textfile
 * collector reads. Replaced as a whole by each run, so a reader never sees half of one.
 */
final class MetricsFile {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, String> labels = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private MetricsFile(String hostname, FilePath repository) {
        labels.put("host", hostname);
        labels.put("repository", repository.display());
    }

    /** What the file says of these runs, the last of which has just ended. */
    static String text(String hostname, FilePath repository, RunOutcome outcome, RunJournal.Entries entries) {
        var file = new MetricsFile(hostname, repository);
        file.gauge("last_run_timestamp_seconds", "When the last run began.", seconds(outcome.started()));
        file.gauge("last_run_duration_seconds", "How long the last run took.", seconds(outcome.duration()));
        file.gauge("last_run_exit_code", "The exit code of the last run.", Integer.toString(outcome.exitCode()));
        entries.saved()
                .ifPresent(saved -> file.gauge(
                        "last_success_timestamp_seconds",
                        "When the last run began that saved, or found nothing to save.",
                        seconds(saved.started())));
        entries.failed()
                .ifPresent(failed -> file.gauge(
                        "last_failure_timestamp_seconds",
                        "When the last run began that did not exit with 0.",
                        seconds(failed.started())));
        outcome.saved().ifPresent(snapshot -> {
            var totals = snapshot.record().totals();
            file.gauge("snapshot_files", "Regular files in the snapshot.", totals.files());
            file.gauge("snapshot_bytes", "Logical size of these files.", totals.bytes());
            file.gauge("snapshot_files_new", "Files that the snapshot before did not have.", totals.filesNew());
            file.gauge("snapshot_files_changed", "Files that have changed.", totals.filesChanged());
            file.gauge("snapshot_unreadable", "Sources that could not be read.", totals.unreadable());
            file.gauge("snapshot_changed_while_read", "Files that never held still.", totals.changedWhileRead());
            file.gauge("snapshot_added_bytes", "New content of the snapshot.", totals.addedBytes());
            file.gauge("snapshot_stored_bytes", "What that takes in the repository.", totals.storedBytes());
        });
        return file.text.append("# EOF\n").toString();
    }

    /** @throws IOException when the file can't be written */
    static void write(Path file, String text) throws IOException {
        WholeFile.replace(file, text, "rw-r--r--");
    }

    private void gauge(String name, String help, long value) {
        gauge(name, help, Long.toString(value));
    }

    private void gauge(String name, String help, String value) {
        String metric = "strandline_" + name;
        text.append("# TYPE ").append(metric).append(" gauge\n");
        text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        text.append(metric).append('{');
        String separator = "";
        for (var label : labels.entrySet()) {
            text.append(separator).append(label.getKey()).append("=\"");
            text.append(escaped(label.getValue())).append('"');
            separator = ",";
        }
        text.append("} ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / NANOS_PER_SECOND);
    }
}
