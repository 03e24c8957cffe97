package dev.strandline.store.catalog;

import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.Objects;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SealedObject;
import java.util.random.RandomGenerator;

/** Reads and writes sealed objects whole. Safe for use by several threads. */
public record SmallObjects(Backend backend, MasterKey key, RandomGenerator random) {

    /** Turns plain bytes into what they say. */
    public interface Decoding<T> {
        T of(byte[] plain) throws MalformedException;
    }

    /** @throws DamageException when it is missing or not what its name says */
    public <T> T read(ObjectName name, ObjectType type, Decoding<T> decoding) throws RepositoryException {
        return decode(name, type, backend.readAll(name, SealedObject.MAX_BYTES), decoding);
    }

    <T> T decode(ObjectName name, ObjectType type, byte[] object, Decoding<T> decoding) throws DamageException {
        try {
            return decoding.of(SealedObject.decode(name, type, object, key));
        } catch (MalformedException e) {
            throw new DamageException(name.toString(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * The bytes of an object that will be written.
     *
     * @throws RefusedException when it could not be read again: then nothing may rely on it
     */
    public byte[] seal(ObjectName name, ObjectType type, byte[] plain) throws RefusedException {
        if (plain.length > SealedObject.MAX_BYTES) {
            throw unreadable(name, "it has " + plain.length + " bytes, far too many");
        }
        try {
            type.requireReadable(plain);
        } catch (MalformedException e) {
            throw unreadable(name, String.valueOf(e.getMessage()));
        }
        byte[] object = SealedObject.encode(name, type, plain, key, random);
        if (object.length > SealedObject.MAX_BYTES) {
            throw unreadable(name, "it has " + object.length + " bytes, far too many");
        }
        return object;
    }

    private static RefusedException unreadable(ObjectName name, String reason) {
        return new RefusedException(
                name + " is not written, because it could not be read again: " + reason,
                "Nothing was committed, and earlier snapshots are intact. Please report it.");
    }

    /**
     * Durable when this returns.
     *
     * @return false when there is an object of that name already
     */
    public boolean publish(ObjectName name, ObjectType type, byte[] plain) throws RepositoryException {
        return Objects.publish(backend, name, seal(name, type, plain));
    }

    /** A name that nobody else has. */
    public ObjectName newName(ObjectType type) {
        byte[] id = new byte[ObjectName.ID_DIGITS / 2];
        random.nextBytes(id);
        return ObjectName.of(type.kind(), id);
    }
}
