package dev.strandline.cli.schedule;

import dev.strandline.core.repository.RefusedException;
import java.io.IOException;
import java.util.Optional;

/** Where a part of a schedule goes, as text in {@link dev.strandline.core.path.ByteText}'s sense. */
public sealed interface Place permits OwnFile, UserCrontab {
    /** How people call it. */
    String display();

    /**
     * What is there now; empty for nothing.
     *
     * @throws RefusedException when that can't be told from what others wrote
     */
    Optional<String> read() throws IOException, RefusedException;

    /** Why the scheduler takes no notice of what is there; empty when it does. */
    Optional<String> whyIgnored() throws IOException;

    /** Puts text there instead of ours that is there already; it is on the disk when this returns. */
    void write(String text) throws IOException, RefusedException;

    /** Takes ours away, which is there. */
    void remove() throws IOException, RefusedException;
}
