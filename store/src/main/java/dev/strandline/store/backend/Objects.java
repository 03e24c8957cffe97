package dev.strandline.store.backend;

import dev.strandline.core.repository.StorageException;

/** Writing whole objects, made of a backend's parts. */
public final class Objects {
    private Objects() {}

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
