package dev.strandline.cli.unattended;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.configuration.ConfiguredSource;
import dev.strandline.cli.configuration.Guards;
import dev.strandline.cli.configuration.Hooks;
import dev.strandline.cli.configuration.StateCommand;
import dev.strandline.core.capture.CaptureSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a run captures, and what goes with it: of the configuration's sources all that it says, of named paths nothing. */
public record SourcePlan(List<ConfiguredSource> sources, Hooks hooks, List<StateCommand> systemState) {
    public SourcePlan {
        sources = List.copyOf(sources);
        systemState = List.copyOf(systemState);
    }

    public static SourcePlan named(List<CaptureSource> sources) {
        return new SourcePlan(
                sources.stream()
                        .map(source -> new ConfiguredSource(source, Guards.NONE, Hooks.NONE))
                        .toList(),
                Hooks.NONE,
                List.of());
    }

    /** @param refinement what options of the command line add, source by source */
    public static SourcePlan configured(Configuration configuration, UnaryOperator<List<CaptureSource>> refinement) {
        var refined = refinement.apply(configuration.captureSources());
        var sources = new ArrayList<ConfiguredSource>();
        for (int i = 0; i < refined.size(); i++) {
            var source = configuration.sources().get(i);
            sources.add(new ConfiguredSource(refined.get(i), source.guards(), source.hooks()));
        }
        return new SourcePlan(sources, configuration.hooks(), configuration.systemState());
    }

    public boolean hasHooks() {
        return Hooks.areAny(hooks, sources);
    }
}
