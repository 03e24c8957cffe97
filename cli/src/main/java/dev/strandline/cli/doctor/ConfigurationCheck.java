package dev.strandline.cli.doctor;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.configuration.ConfigurationException;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.HostConfiguration;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether there is a configuration, and what is wrong with it. */
final class ConfigurationCheck {
    static final String NONE = "there is no configuration that can be used";

    private static final String NAME = "configuration";

    /** Write permission of the group and of others. */
    private static final int OTHERS_WRITE = 0022;

    private final Context context;
    private final HostConfiguration host;

    ConfigurationCheck(Context context) {
        this.context = context;
        this.host = new HostConfiguration(context.host(), context.files(), context.environment());
    }

    /** Empty when there is none that can be used. */
    Optional<Configuration> configuration() {
        try {
            return host.file().map(_ -> host.get());
        } catch (ConfigurationException | UsageException _) {
            return Optional.empty();
        }
    }

    List<Finding> findings() {
        try {
            var file = host.file();
            if (file.isEmpty()) {
                return List.of(Finding.failure(
                        NAME,
                        "there is none",
                        "Write /etc/strandline/strandline.toml, or set STRANDLINE_CONFIG to the file."));
            }
            var findings = new ArrayList<Finding>();
            findings.add(contents(file.get(), host.get()));
            host.get()
                    .doubts()
                    .forEach(doubt -> findings.add(Finding.warning(NAME, doubt.reasonIn(file.get()), doubt.hint())));
            return findings;
        } catch (ConfigurationException e) {
            return e.problems().stream()
                    .map(problem -> Finding.failure(NAME, problem.reasonIn(e.file()), problem.hint()))
                    .toList();
        } catch (UsageException e) {
            return List.of(Finding.failure(NAME, String.valueOf(e.getMessage()), "Correct STRANDLINE_CONFIG."));
        }
    }

    private Finding contents(FilePath path, Configuration configuration) {
        String file = path.display();
        if (configuration.access().repository().isEmpty()) {
            return Finding.failure(
                    NAME, file + " names no repository", "Write repository = \"/folder\" at its beginning.");
        }
        return othersMayWrite(path)
                ? Finding.warning(
                        NAME,
                        file + " can be written by others, and what it names is run",
                        "Run 'chmod go-w " + file + "'.")
                : Finding.ok(NAME, file);
    }

    private boolean othersMayWrite(FilePath path) {
        try {
            return (context.host().status(path).mode() & OTHERS_WRITE) != 0;
        } catch (IOException _) {
            // It was read a moment ago; whoever takes it away now is seen by the next look.
            return false;
        }
    }
}
