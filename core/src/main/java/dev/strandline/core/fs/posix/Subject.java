package dev.strandline.core.fs.posix;

/** What a system call is about, spelled out only when it fails. */
interface Subject {
    /** Safe to print on a terminal. */
    String describe();
}
