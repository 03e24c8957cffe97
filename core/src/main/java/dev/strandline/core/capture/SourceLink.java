package dev.strandline.core.capture;

/** What becomes of a source that is a symbolic link. */
public enum SourceLink {
    /** It is captured as a link. */
    KEEP,
    /** It is captured as a link, which is told, for a person may have meant what it leads to. */
    TELL,
    /** What it leads to is captured in its place: its path was written with a slash at the end. */
    FOLLOW
}
