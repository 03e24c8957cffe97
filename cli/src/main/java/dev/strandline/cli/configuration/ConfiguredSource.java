package dev.strandline.cli.configuration;

import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.SourceLink;
import dev.strandline.core.fs.HostFileSystem;
import java.io.IOException;

/** A source of the configuration: what to capture, what must hold for it, and what to run around it. */
public record ConfiguredSource(CaptureSource capture, Guards guards, Hooks hooks) {
    /** Whether a run would save a symbolic link in place of what a person may have meant, now. */
    public boolean isBareLink(HostFileSystem host) {
        try {
            return capture.link() != SourceLink.FOLLOW
                    && host.linkTarget(capture.path()).isPresent();
        } catch (IOException _) {
            return false; // The run tells what is wrong there.
        }
    }

    /** What is wrong with one that is. */
    public String bareLinkReason() {
        return "the source " + capture.path().display() + " is a symbolic link, and only the link is saved";
    }

    /** What to do about it. */
    public String bareLinkHint() {
        return "Write path = \"" + capture.path().display() + "/\" to save what it leads to.";
    }
}
