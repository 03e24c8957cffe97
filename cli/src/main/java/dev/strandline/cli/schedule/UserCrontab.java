package dev.strandline.cli.schedule;

import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Our lines in the crontab of the user, which belongs to {@code crontab(1)}. */
public record UserCrontab(String user) implements Place {
    @Override
    public String display() {
        return "the crontab of " + ByteText.display(user);
    }

    @Override
    public Optional<String> read() throws IOException, RefusedException {
        return CrontabBlock.find(all());
    }

    @Override
    public Optional<String> whyIgnored() {
        return Optional.empty();
    }

    @Override
    public void write(String text) throws IOException, RefusedException {
        replace(CrontabBlock.with(all(), text));
    }

    @Override
    public void remove() throws IOException, RefusedException {
        replace(CrontabBlock.without(all()));
    }

    private static String all() throws IOException {
        var answer = HostProgram.run(List.of("crontab", "-l"), new byte[0]);
        String said = ByteText.decode(answer.stderr());
        if (answer.exitCode() == 0) {
            return ByteText.decode(answer.stdout());
        }
        if (said.contains("no crontab for")) {
            return "";
        }
        throw new IOException("crontab -l: " + ByteText.display(said.strip()));
    }

    private static void replace(String text) throws IOException {
        var answer = HostProgram.run(List.of("crontab", "-"), ByteText.encode(text));
        if (answer.exitCode() != 0) {
            throw new IOException("crontab: "
                    + ByteText.display(ByteText.decode(answer.stderr()).strip()));
        }
    }
}
