/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of code in a Markdown page.
 *
 * @param line where it begins, from 1
 * @param introduction the last line of text before it
 * @param lines its lines, without their common indentation
 * @param excuse why it is not run; empty if it is to be run
 */
record CodeBlock(int line, String introduction, List<String> lines, Optional<String> excuse) {

  /** For the next block. */
  private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (.+) -->");

  /** For the rest of the page. */
  private static final Pattern NONE_RUN = Pattern.compile("<!-- none run: (.+) -->");

  private static final Pattern COMMAND =
      Pattern.compile(
          "(\\./|bin/|mvn |java |curl |cp |\\(?cd |git |pip |python3? |apt-get |export |echo "
              + "|docker |podman |mosquitto|systemctl |sudo |[A-Z_]+=).*");

  private static final Pattern FILE = Pattern.compile("`([\\w.-]+\\.yaml)`[^`]*:$");

  private static final int INDENTATION = 4;

  /** All blocks of a page; blank lines and markers end one. */
  static List<CodeBlock> of(Path page) throws IOException {
    return new Reader().read(Files.readAllLines(page));
  }

  boolean isCommands() {
    return COMMAND.matcher(lines.get(0)).matches();
  }

  /** The name of the file that this block is, which the text before it ends with. */
  Optional<String> file() {
    Matcher matcher = FILE.matcher(introduction);
    return isCommands() || !matcher.find() ? Optional.empty() : Optional.of(matcher.group(1));
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  private static final class Reader {

    private final List<CodeBlock> blocks = new ArrayList<>();
    private final List<String> block = new ArrayList<>();
    private String introduction = "";
    private Optional<String> excuse = Optional.empty();
    private Optional<String> everywhere = Optional.empty();
    private boolean fenced;
    private int number;

    List<CodeBlock> read(List<String> lines) {
      for (String line : lines) {
        number++;
        take(line);
      }
      end();
      return blocks;
    }

    private void take(String line) {
      if (line.startsWith("```")) {
        end();
        fenced = !fenced;
      } else if (line.isBlank()) {
        end();
      } else if (fenced) {
        block.add(line);
      } else if (line.startsWith(" ".repeat(INDENTATION))) {
        block.add(line.substring(INDENTATION));
      } else {
        end();
        text(line);
      }
    }

    private void text(String line) {
      Matcher one = NOT_RUN.matcher(line);
      Matcher all = NONE_RUN.matcher(line);
      if (one.matches()) {
        excuse = Optional.of(one.group(1));
      } else if (all.matches()) {
        everywhere = Optional.of(all.group(1));
      } else {
        introduction = line;
      }
    }

    private void end() {
      if (!block.isEmpty()) {
        blocks.add(
            new CodeBlock(
                number - block.size(),
                introduction,
                List.copyOf(block.stream().map(String::stripTrailing).toList()),
                excuse.or(() -> everywhere)));
        block.clear();
        excuse = Optional.empty();
        introduction = "";
      }
    }
  }
}
