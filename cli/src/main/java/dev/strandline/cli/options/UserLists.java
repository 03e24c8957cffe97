package dev.strandline.cli.options;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists of paths or patterns that the user has in files or gives on standard input. They are read to their end. */
final class UserLists {
    /** More than anybody's list, and less than an array can have. */
    private static final int MAX_BYTES = 1 << 30;

    /** To capture what so long a list names is much to do; some ten thousand paths. */
    private static final int LONG_BYTES = 512 << 10;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Context context;

    UserLists(Context context) {
        this.context = context;
    }

    byte[] read(String file) {
        try {
            if (!isStandardInput(file)) {
                byte[] content =
                        context.files().read(context.absolute(file), MAX_BYTES).bytes();
                if (content.length > LONG_BYTES) {
                    context.restart().ifPresent(Restart::run);
                }
                return content;
            }
            byte[] content = context.stdin().readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IOException("it has more than the " + MAX_BYTES + " bytes that it may have");
            }
            return content;
        } catch (IOException e) {
            throw new UsageException("the list " + ByteText.display(file) + " can't be read: " + e.getMessage());
        }
    }

    static boolean isStandardInput(String file) {
        return file.equals(StandardInput.NAME) || StandardInput.isNamedBy(file);
    }

    /** The paths in a text, one a line, as they are written there. */
    List<FilePath> lines(String file) {
        byte[] content = read(file);
        int start = content.length >= BYTE_ORDER_MARK.length
                        && Arrays.equals(content, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
                ? BYTE_ORDER_MARK.length
                : 0;
        return split(content, start, '\n', true);
    }

    /** The paths that are each ended by a NUL byte. */
    List<FilePath> terminated(String file) {
        return split(read(file), 0, '\0', false);
    }

    private static List<FilePath> split(byte[] content, int from, char separator, boolean hasComments) {
        var paths = new ArrayList<FilePath>();
        int start = from;
        for (int i = from; i <= content.length; i++) {
            if (i == content.length || content[i] == separator) {
                if (i > start && !(hasComments && content[start] == '#')) {
                    paths.add(path(Arrays.copyOfRange(content, start, i)));
                }
                start = i + 1;
            }
        }
        return paths;
    }

    private static FilePath path(byte[] bytes) {
        try {
            return FilePath.of(bytes);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
