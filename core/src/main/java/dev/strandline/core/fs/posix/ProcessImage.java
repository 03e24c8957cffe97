package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FilePath;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** The program that this process runs. */
public final class ProcessImage {
    private ProcessImage() {}

    /**
     * Becomes another program with the same process id and standard streams ({@code execve(2)}). All other threads end in
     * the middle of whatever they do, no shutdown hook runs, and nothing that is still buffered is written.
     *
     * @param arguments byte for byte, the program's name first
     * @param environment of the form {@code NAME=VALUE}
     * @throws FileOperationException when the kernel refuses; nothing has happened then. There is no other way to return.
     */
    public static void replace(FilePath program, List<byte[]> arguments, List<byte[]> environment)
            throws FileOperationException {
        try (var arena = Arena.ofConfined()) {
            var kernel = Kernel.current();
            kernel.call(
                    SystemCall.EXECVE,
                    program::display,
                    text(arena, program.toBytes()).address(),
                    texts(arena, arguments).address(),
                    texts(arena, environment).address());
        }
    }

    private static MemorySegment texts(SegmentAllocator allocator, List<byte[]> texts) {
        var pointers = allocator.allocate(ValueLayout.JAVA_LONG, texts.size() + 1L); // the last one stays null
        for (int i = 0; i < texts.size(); i++) {
            pointers.setAtIndex(
                    ValueLayout.JAVA_LONG, i, text(allocator, texts.get(i)).address());
        }
        return pointers;
    }

    private static MemorySegment text(SegmentAllocator allocator, byte[] bytes) {
        var text = allocator.allocate(bytes.length + 1L); // zeroed, so a NUL follows
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return text;
    }
}
