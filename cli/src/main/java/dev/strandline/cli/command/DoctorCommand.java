package dev.strandline.cli.command;

import dev.strandline.cli.doctor.Doctor;
import dev.strandline.cli.doctor.Finding;
import dev.strandline.cli.doctor.Finding.State;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.schedule.ScheduleOptions;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Tells whether everything is in place for runs that nobody watches, and how to mend what isn't. */
public final class DoctorCommand implements Command {
    private final Context context;
    private final ScheduleOptions options = new ScheduleOptions();
    private boolean json;
    private boolean quiet;

    public DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "doctor", "Tell whether everything is in place for unattended runs.")
                .exitCodes("0:all is well, but for warnings", "1:something is wrong", "2:wrong usage")
                .with(options)
                .flag("--json", "Answer in JSON, for machines.", value -> json = value)
                .flag("-q,--quiet", "Tell only what is wrong.", value -> quiet = value)
                .spec();
    }

    @Override
    public Integer call() {
        var findings = new Doctor(context, options, () -> SnapshotTaker.hostname(context)).examine();
        boolean healthy = findings.stream().noneMatch(finding -> finding.state() == State.FAILURE);
        if (json) {
            print(findings, healthy);
        } else {
            findings.stream()
                    .filter(finding -> !quiet || finding.state() != State.OK)
                    .forEach(this::print);
        }
        return healthy ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(List<Finding> findings, boolean healthy) {
        var document = Json.message("doctor").put("healthy", healthy);
        var checks = document.putArray("checks");
        findings.forEach(finding -> checks.addObject()
                .put("name", finding.check())
                .put("state", finding.state().text())
                .put("found", finding.found())
                .put("fix", finding.fix()));
        Json.print(context.stdout(), document);
    }

    private void print(Finding finding) {
        String word = switch (finding.state()) {
            case OK -> "ok  ";
            case WARNING -> "WARN";
            case FAILURE -> "FAIL";
        };
        int width = "configuration".length();
        context.stdout()
                .println(word + "  " + finding.check()
                        + " ".repeat(Math.max(1, width + 2 - finding.check().length())) + finding.found());
        if (!finding.fix().isEmpty()) {
            context.stdout().println("      fix: " + finding.fix());
        }
    }
}
