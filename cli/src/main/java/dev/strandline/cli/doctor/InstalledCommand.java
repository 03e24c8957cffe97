package dev.strandline.cli.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program that an installed line or unit starts, also when somebody has changed the text since. */
final class InstalledCommand {
    private static final Pattern PATH =
            Pattern.compile("'(/[^']*)' snapshot |\"(/[^\"]*)\" snapshot |(/\\S*) snapshot ");

    private InstalledCommand() {}

    static Optional<String> of(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(PATH::matcher)
                .filter(Matcher::find)
                .map(found -> {
                    for (int group = 1; group < found.groupCount(); group++) {
                        if (found.group(group) != null) {
                            return found.group(group);
                        }
                    }
                    return found.group(found.groupCount());
                })
                .map(path -> path.replace("%%", "%").replace("\\%", "%"))
                .findFirst();
    }
}
