package dev.strandline.store.testkit;

import dev.strandline.core.fs.Errno;
import java.util.function.Predicate;

/** What goes wrong with a {@link CrashFileSystem}, and when. */
public sealed interface Fault {
    /** Operations that are counted. */
    Predicate<StorageOperation> counted();

    /** Number of the counted operation that it happens to, from 1. */
    long at();

    /** The machine stops before the operation; every later one of any kind finds it stopped. */
    record Stop(Predicate<StorageOperation> counted, long at) implements Fault {}

    /** The operation fails, and does nothing; with {@code lasting} all later ones that are counted do as well. */
    record Failure(Predicate<StorageOperation> counted, long at, Errno errno, boolean lasting) implements Fault {}
}
