package dev.strandline.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.environment.Context;
import dev.strandline.core.encoding.Sum;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.restore.RestoreListener;
import dev.strandline.core.restore.RestorePlan;
import dev.strandline.core.restore.RestoreProblem;
import dev.strandline.core.restore.RestoreReport;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Tells of a restore, as text or JSON. Safe for use by several threads. */
public final class RestoreRenderer implements RestoreListener {
    private final Context context;
    private final Output output;
    private final RestoreReport report = new RestoreReport();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    public RestoreRenderer(Context context, Output output) {
        this.context = context;
        this.output = output;
    }

    @Override
    public void problem(RestoreProblem problem) {
        report.add(problem);
        if (output.isJson()) {
            var json = Json.message("error").put("during", "restore");
            json.putObject("error")
                    .put("message", problem.reason())
                    .put("aspect", problem.aspect().name().toLowerCase(Locale.ROOT));
            Json.putPath(json, "item", problem.path().toBytes());
            Json.print(context.stderr(), json);
        } else {
            output.warning(problem.aspect().name().toLowerCase(Locale.ROOT) + " not restored: "
                    + problem.path().display() + ": " + problem.reason());
        }
    }

    @Override
    public void done(FilePath path, long count) {
        entries.incrementAndGet();
        bytes.accumulateAndGet(count, Sum::saturated);
    }

    /** Counts from zero again, for the verification. */
    public void restart() {
        entries.set(0);
        bytes.set(0);
    }

    public long entries() {
        return entries.get();
    }

    public long bytes() {
        return bytes.get();
    }

    public RestoreReport report() {
        return report;
    }

    /** Everything is done. */
    public void finish(RestorePlan plan, ObjectNode summary, Duration duration, boolean verified) {
        output.endWarnings();
        if (output.isJson()) {
            summary.put("verified", verified && report.count() == 0)
                    .put("problems", report.count())
                    .put("total_duration", duration.toNanos() / 1e9);
            Json.print(output.answer(), summary);
            return;
        }
        output.remark("restored " + Quantities.count(plan.files(), "file") + ", " + Quantities.bytes(plan.bytes())
                + " to " + plan.target().display() + (verified ? " and verified it" : ", not verified") + ", in "
                + Quantities.duration(duration));
        if (report.count() > 0) {
            context.stderr()
                    .println("strandline: " + Quantities.count(report.count(), "thing")
                            + " could not be restored as it was; all else was");
        }
    }
}
