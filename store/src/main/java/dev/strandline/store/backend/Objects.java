package dev.strandline.store.backend;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.StorageException;

/** The two whole-object operations, made of a backend's parts. */
public final class Objects {
    private Objects() {}

    /**
     * All of a small object.
     *
     * @param maximumBytes a larger one is damaged
     */
    public static byte[] read(Backend backend, ObjectName name, int maximumBytes)
            throws StorageException, DamageException {
        var size = backend.size(name);
        if (size.isEmpty()) {
            throw new DamageException(name.toString(), "it is missing");
        }
        if (size.getAsLong() > maximumBytes) {
            throw new DamageException(name.toString(), "it has " + size.getAsLong() + " bytes, far too many");
        }
        return backend.read(name, 0, (int) size.getAsLong());
    }

    /**
     * Writes, syncs and publishes an object: durable when this returns.
     *
     * @return false when there is one of that name already
     */
    public static boolean publish(Backend backend, ObjectName name, byte[] content) throws StorageException {
        try (var writer = backend.create(name)) {
            writer.write(content, 0, content.length);
            writer.sync();
            return writer.publish();
        }
    }
}
