/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import uniass.api.UniassException;

/** Tables with a header, through Commons CSV; column names in any case. */
final class Csv {

  private static final String DELIMITERS = ",;\t|";

  /** Excel's own first line, which names the delimiter. */
  private static final Pattern SEPARATOR =
      Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);

  /** So many characters of the first line are looked at. */
  private static final int LONGEST = 1 << 16;

  private Csv() {}

  /** One row. */
  record Row(Map<String, String> values) {

    /** The first of these columns that says something, or an empty text. */
    String text(String... columns) {
      for (String column : columns) {
        String value = values.get(column);
        if (value != null && !value.isBlank()) {
          return value.strip();
        }
      }
      return "";
    }
  }

  /**
   * Reads a table.
   *
   * @param delimiter one character; empty to take what a first line {@code sep=;} names, or else
   *     what the header has most of: commas, semicolons (spreadsheets of many countries), tabs or
   *     bars
   * @param required one of these columns must be there
   * @param use gets each row with its line's number
   */
  static void read(Path file, String delimiter, List<String> required, BiConsumer<Row, Long> use) {
    TextList.read(
        file,
        reader -> {
          OptionalInt named = separator(reader);
          int before = named.isPresent() ? 1 : 0; // lines above the header
          char found = named.isPresent() ? (char) named.getAsInt() : delimiter(reader);
          CSVFormat format =
              CSVFormat.DEFAULT
                  .builder()
                  .setDelimiter(delimiter.isEmpty() ? found : delimiter.charAt(0))
                  .setHeader()
                  .setSkipHeaderRecord(true)
                  .setIgnoreEmptyLines(true)
                  .setAllowMissingColumnNames(true)
                  .get();
          try (CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
            List<String> header =
                parser.getHeaderNames().stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            requireOnce(file, header);
            if (header.stream().noneMatch(required::contains)) {
              throw new UniassException(
                  file + " line 1: no column '" + required.get(0) + "' among " + header);
            }
            for (CSVRecord record : parser) {
              use.accept(row(header, record), before + parser.getCurrentLineNumber());
            }
          } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new UniassException(file + " is not a readable table: " + Json.firstLine(e), e);
          }
        });
  }

  /** The delimiter that the first line names, which is then read; or nothing is. */
  private static OptionalInt separator(BufferedReader reader) throws IOException {
    reader.mark(LONGEST);
    StringBuilder start = new StringBuilder();
    int c = reader.read();
    for (; c >= 0 && c != '\n' && c != '\r' && start.length() < 9; c = reader.read()) {
      start.append((char) c);
    }
    Matcher line = SEPARATOR.matcher(start);
    reader.reset();
    if (!line.matches()) {
      return OptionalInt.empty();
    }
    reader.readLine();
    return OptionalInt.of(line.group(1).charAt(0));
  }

  /** Looks at the first line, and goes back to its start. */
  private static char delimiter(BufferedReader reader) throws IOException {
    reader.mark(LONGEST);
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (int i = 0; i < LONGEST; i++) {
      int c = reader.read();
      if (c < 0 || !quoted && (c == '\n' || c == '\r')) {
        break;
      }
      quoted ^= c == '"';
      int at = DELIMITERS.indexOf(c);
      if (at >= 0 && !quoted) {
        counts[at]++;
      }
    }
    reader.reset();
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return DELIMITERS.charAt(best);
  }

  private static void requireOnce(Path file, List<String> header) {
    Set<String> seen = new HashSet<>();
    for (String column : header) {
      if (!column.isEmpty() && !seen.add(column)) {
        throw new UniassException(file + " line 1: the column '" + column + "' is there twice");
      }
    }
  }

  private static Row row(List<String> header, CSVRecord record) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < Math.min(header.size(), record.size()); i++) {
      values.put(header.get(i), record.get(i));
    }
    return new Row(values);
  }
}
