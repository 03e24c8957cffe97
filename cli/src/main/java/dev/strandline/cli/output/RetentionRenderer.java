package dev.strandline.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.retention.RetentionDecision;
import dev.strandline.core.retention.RetentionPlan;
import java.time.ZoneId;

/** Shows what a policy keeps and forgets, and why. */
public final class RetentionRenderer {
    private RetentionRenderer() {}

    /** As text: one line for each snapshot. */
    public static void print(RetentionPlan plan, Output output, ZoneId zone) {
        for (var group : plan.groups()) {
            output.answer().println(ByteText.display(group.name()));
            var table = new Table("  WHAT", "ID", "NAME (UTC)", "TIME", "WHY");
            for (var decision : group.decisions()) {
                var record = decision.snapshot().record();
                table.add(
                        decision.isKept() ? "  keep" : "  forget",
                        decision.snapshot().id().shortHex(),
                        record.name(),
                        Moments.text(record.time(), zone),
                        ByteText.display(String.join("; ", decision.reasons())));
            }
            table.print(output.answer());
        }
    }

    /** For machines. */
    public static ObjectNode json(RetentionPlan plan, boolean dryRun) {
        var json = Json.message("summary")
                .put("dry_run", dryRun)
                .put("snapshots_kept", plan.kept().size())
                .put("snapshots_forgotten", plan.forgotten().size());
        var groups = json.putArray("groups");
        for (var group : plan.groups()) {
            var object = groups.addObject().put("group", group.name());
            var keep = object.putArray("keep");
            var remove = object.putArray("remove");
            for (var decision : group.decisions()) {
                (decision.isKept() ? keep : remove).add(json(decision));
            }
        }
        return json;
    }

    private static ObjectNode json(RetentionDecision decision) {
        var json = Json.snapshot(decision.snapshot());
        var reasons = json.putArray("reasons");
        decision.reasons().forEach(reasons::add);
        return json;
    }
}
