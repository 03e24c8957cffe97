package dev.strandline.cli.configuration;

import java.util.Optional;

/**
 * Where the repository is and what opens it.
 *
 * @param keyFile at most one of this and the next two is there
 */
public record Access(
        Optional<String> repository,
        Optional<String> keyFile,
        Optional<String> passwordFile,
        Optional<String> passwordCommand) {
    static final Access NONE = new Access(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
