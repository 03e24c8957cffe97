package dev.strandline.cli.schedule;

import dev.strandline.core.path.ByteText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The service manager, the system's or the user's, as {@code systemctl} reaches it. */
public final class Systemd {
    private final boolean ofSystem;

    public Systemd(boolean ofSystem) {
        this.ofSystem = ofSystem;
    }

    /** Make it see what was written, and start it. */
    static final List<List<String>> AFTER_INSTALL =
            List.of(List.of("daemon-reload"), List.of("enable", "--now", Units.TIMER));

    static final List<List<String>> BEFORE_REMOVE = List.of(List.of("disable", "--now", Units.TIMER));
    static final List<List<String>> AFTER_REMOVE = List.of(List.of("daemon-reload"));

    /** Whether the timer waits for its time. */
    public boolean isTimerActive() throws IOException {
        return HostProgram.run(command(List.of("is-active", Units.TIMER)), new byte[0])
                        .exitCode()
                == 0;
    }

    /** What to type for the same. */
    public List<String> typed(List<List<String>> requests) {
        return requests.stream()
                .map(request -> String.join(" ", command(request)))
                .toList();
    }

    /** Does all of it, and says what failed. */
    Optional<String> request(List<List<String>> requests) {
        for (var request : requests) {
            String typed = String.join(" ", command(request));
            try {
                var answer = HostProgram.run(command(request), new byte[0]);
                if (answer.exitCode() != 0) {
                    return Optional.of(typed + ": "
                            + ByteText.display(ByteText.decode(answer.stderr()).strip()));
                }
            } catch (IOException e) {
                return Optional.of(typed + ": " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private List<String> command(List<String> request) {
        var command = new ArrayList<>(List.of("systemctl"));
        if (!ofSystem) {
            command.add("--user");
        }
        command.addAll(request);
        return command;
    }
}
