package dev.strandline.cli.unattended;

import dev.strandline.cli.configuration.StateCommand;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.SystemState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the commands that tell the system's state, and stores what they print. */
public final class StateRecorder {
    private StateRecorder() {}

    /** One after another; one that fails is kept with what it printed and why it failed. */
    public static List<SystemState> record(
            List<StateCommand> commands, Capture capture, SnapshotWriter writer, Instant now)
            throws RepositoryException {
        var states = new ArrayList<SystemState>();
        for (var command : commands) {
            var ending = new ShellCommand(command.command(), command.timeout(), command.maximumBytes()).run(Map.of());
            String problem = ending.problem();
            if (ending.cut()) {
                String cut = "only its first " + Quantities.bytes(command.maximumBytes()) + " were kept";
                problem = problem.isEmpty() ? cut : problem + ", " + cut;
            }
            try {
                var output = capture.stream(writer, new ByteArrayInputStream(ending.output()), now);
                states.add(new SystemState(command.name(), problem, output));
            } catch (IOException impossible) {
                throw new IllegalStateException("an array can be read", impossible);
            }
        }
        return states;
    }
}
