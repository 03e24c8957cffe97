package dev.strandline.store.backend;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.StorageException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Named immutable bytes. An object is created once and can't be changed; what was published is there for every reader
 * from then on. Safe for use by several threads.
 */
public interface Backend extends AutoCloseable {
    /** Where it is, for messages. */
    String describe();

    ObjectWriter create(ObjectName name) throws StorageException;

    /**
     * Exactly {@code length} bytes at {@code offset}.
     *
     * @throws DamageException when the object is missing or ends before
     */
    byte[] read(ObjectName name, long offset, int length) throws StorageException, DamageException;

    /**
     * All of an object.
     *
     * @throws DamageException when it is missing or has more than {@code maximumBytes}
     */
    byte[] readAll(ObjectName name, int maximumBytes) throws StorageException, DamageException;

    /** The object's size in bytes, empty when there is none of that name; 0 when something else is there under its name. */
    OptionalLong size(ObjectName name) throws StorageException;

    /** All objects of a kind, in no particular order, in a list of the caller's own. Whatever else lies there is left out. */
    List<ObjectName> list(ObjectKind kind) throws StorageException;

    /**
     * The name of an object that is there survives a power cut when this returns, whoever published it: its writer may
     * have died, or failed, right after the object became visible.
     */
    void confirm(ObjectName name) throws StorageException;

    /** Deletes objects in any order, those that are not there as well; all are gone for good when this returns. */
    void delete(Collection<ObjectName> names) throws StorageException;

    /** Deletes as {@link #delete}, but objects may be there again after a power cut, all of each. */
    default void discard(Collection<ObjectName> names) throws StorageException {
        delete(names);
    }

    default void delete(ObjectName name) throws StorageException {
        delete(List.of(name));
    }

    /**
     * Makes an object that says that somebody is at work: it is deleted when what is returned is closed, and
     * {@link #isHeld} tells whether its maker still lives. It need not survive a power cut, as its maker doesn't.
     *
     * @throws StorageException also when there is an object of that name
     */
    Held hold(ObjectName name, byte[] content) throws StorageException;

    /** Whether the maker of a held object is alive, as far as that can be told; false when there is none. */
    boolean isHeld(ObjectName name) throws StorageException;

    /** See {@link #hold}. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps so much room for {@link #spendReserve}, where room can run out, and as far as there is some.
     */
    default void keepReserve(long sizeBytes) throws StorageException {}

    /** Gives up what {@link #keepReserve} has kept; false when that is nothing. */
    default boolean spendReserve() throws StorageException {
        return false;
    }

    /** Removes what writers left that died; never what is being written. */
    void removeAbandoned(Clock clock) throws StorageException;

    @Override
    void close();
}
