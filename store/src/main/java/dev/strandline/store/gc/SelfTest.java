package dev.strandline.store.gc;

import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.Objects;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Tries the one thing that everything rests on: of two that create an object of a name, one is refused. */
final class SelfTest {
    private static final byte[] FIRST = {1};
    private static final byte[] SECOND = {2};

    private SelfTest() {}

    static void run(Backend backend, RandomGenerator random) throws RepositoryException {
        byte[] id = new byte[ObjectName.ID_DIGITS / 2];
        random.nextBytes(id);
        var name = ObjectName.of(ObjectKind.PROBE, id);
        try {
            boolean first = Objects.publish(backend, name, FIRST);
            boolean second = Objects.publish(backend, name, SECOND);
            if (!first
                    || second
                    || !backend.list(ObjectKind.PROBE).contains(name)
                    || !Arrays.equals(backend.readAll(name, SECOND.length), FIRST)) {
                throw new RefusedException(
                        "the storage of " + backend.describe() + " lets an object be created twice, or hides it;"
                                + " nothing was deleted",
                        "Garbage collection is not safe there. Move the repository to another file system.");
            }
        } finally {
            backend.delete(name);
        }
    }
}
