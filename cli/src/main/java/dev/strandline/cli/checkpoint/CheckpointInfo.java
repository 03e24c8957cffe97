package dev.strandline.cli.checkpoint;

import dev.strandline.core.path.ByteText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a checkpoint's note says: lines like {@code Created: 2025-11-16 15:19:44} and {@code Description: before the
 * upgrade}, of which the first of each kind that makes sense counts, and all else is passed over.
 *
 * @param description empty when there is none
 */
record CheckpointInfo(Optional<Instant> time, String description) {
    static final CheckpointInfo NONE = new CheckpointInfo(Optional.empty(), "");

    /** Notes are short; of a file that isn't, this much is looked at. */
    static final int MAX_BYTES = 64 << 10;

    private static final Pattern LINE =
            Pattern.compile("[\\s\\ufeff#*>-]*(?<key>[A-Za-z][A-Za-z _-]{0,40}?)\\s{0,20}[:=](?<value>.*)");
    private static final String OF = "(?:(?:checkpoint|backup|snapshot|creation) )?";
    private static final Pattern TIME_KEY =
            Pattern.compile(OF + "(?:created(?: at| on)?|taken(?: at| on)?|date|time|timestamp)");
    private static final Pattern DESCRIPTION_KEY = Pattern.compile(OF + "(?:description|message|comment)");

    /** @param content at most the first {@link #MAX_BYTES} of the file */
    static CheckpointInfo parse(byte[] content, ZoneId zone) {
        Optional<Instant> time = Optional.empty();
        String description = "";
        String date = "";
        String timeOfDay = "";
        for (var line : text(content).lines().toList()) {
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            var key = matcher.group("key").toLowerCase(Locale.ROOT).replaceAll("[ _-]+", " ");
            var value = matcher.group("value").strip();
            if (TIME_KEY.matcher(key).matches()) {
                time = time.or(() -> CheckpointTime.inNote(value, zone));
                date = key.endsWith("date") && date.isEmpty() ? value : date;
                timeOfDay = key.endsWith("time") && timeOfDay.isEmpty() ? value : timeOfDay;
            } else if (description.isEmpty() && DESCRIPTION_KEY.matcher(key).matches()) {
                description = value;
            }
        }
        var together = date + " " + timeOfDay;
        return new CheckpointInfo(time.or(() -> CheckpointTime.inNote(together, zone)), description);
    }

    /** Old notes that are not UTF-8 are Latin-1: there each byte is some letter. */
    private static String text(byte[] content) {
        int length = content.length;
        if (length >= MAX_BYTES) {
            // The last line may have been cut within a character.
            while (length > 0 && content[length - 1] != '\n') {
                length--;
            }
        }
        byte[] whole = length == 0 ? content : Arrays.copyOf(content, length);
        return ByteText.utf8(whole).orElseGet(() -> new String(whole, StandardCharsets.ISO_8859_1));
    }
}
