/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.api.plugin.Settings;
import uniass.datasets.miniature.Layout;
import uniass.datasets.miniature.Miniature;

/** Lists as people and spreadsheets write them. */
class ListsTest {

  @TempDir Path root;
  private Miniature miniature;

  @BeforeEach
  void begin() {
    miniature = new Miniature(root);
  }

  private Dataset read(DatasetReader reader, Map<String, Object> settings) {
    return reader.read(root, Settings.defaults(reader, settings));
  }

  private static List<String> problems(Dataset dataset) {
    return dataset.problems().stream().map(p -> p.severity() + " " + p).toList();
  }

  private Dataset jsonLine(String mask) {
    miniature
        .images("a.png", "b.png")
        .masks("m/1.png", "m/2.png")
        .text("train.json", "{\"filename\": \"a.png\", \"clsname\": \"a\"}\n")
        .text(
            "test.json",
            "{\"filename\": \"b.png\", \"label\": 1, \"clsname\": \"a\"" + mask + "}\n");
    return read(new JsonLines(), Map.of());
  }

  private static Image test(Dataset dataset) {
    return dataset.images(Split.TEST).get(0);
  }

  @Test
  void aTableUnderTheDefaultsFormerNameIsFoundIfThereIsNoOther() {
    miniature.images("a.png", "b.png").text("pictures.csv", "path\na.png\n");
    assertEquals("a.png", read(new CsvList(), Map.of()).images().get(0).path());
    miniature.text("images.csv", "path\nb.png\n");
    assertEquals("b.png", read(new CsvList(), Map.of()).images().get(0).path());
  }

  @Test
  void aListOfMasksIsSeveralMasks() {
    Dataset data = jsonLine(", \"maskname\": [\"m/1.png\", \"m/2.png\"]");
    assertEquals(List.of("m/1.png", "m/2.png"), test(data).masks());
    assertEquals(List.of(), problems(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"file\": \"m/1.png\"}", "7", "true", "[\"m/1.png\", 7]", "[[]]"})
  void aMaskOfAnotherTypeIsAnErrorAndNeverAllOver(String mask) {
    Dataset data = jsonLine(", \"maskname\": " + mask);
    assertEquals(PixelTruth.UNKNOWN, test(data).truth());
    assertEquals(
        List.of(
            "ERROR test.json line 1: \"maskname\" must be a text or a list of texts, not "
                + mask.replace(", ", ",").replace(": ", ":")),
        problems(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"maskname\": null", ", \"maskname\": \"\"", ", \"maskname\": []"})
  void anAbsentMaskIsAnomalousAllOverAsTheReferenceHasIt(String mask) {
    assertEquals(PixelTruth.ALL_ANOMALOUS, test(jsonLine(mask)).truth());
  }

  @Test
  void otherKeysOfTheWrongTypeAreErrorsToo() {
    miniature
        .images("a.png")
        .text(
            "train.json", "{\"filename\": [\"a.png\"]}\n{\"filename\": \"a.png\", \"label\": {}}\n")
        .text("test.json", "");
    assertEquals(
        List.of(
            "ERROR train.json line 1: \"filename\" must be a text, not [\"a.png\"]",
            "ERROR train.json line 1: has no \"filename\"",
            "ERROR train.json line 2: \"label\" must be a text, not {}"),
        problems(read(new JsonLines(), Map.of())));
  }

  @Test
  void soItIsInOtherReadersOfJson() {
    Layout.draw("real-iad", miniature);
    String list = "realiad_jsons/realiad_jsons/toy.json";
    String bad = "NG/AK/S0002/toy_0002_NG_AK_C1_2023.png";
    rewrite(list, "\"" + bad + "\"", "{\"path\": \"" + bad + "\"}");
    Dataset data = read(new RealIad(), Map.of());
    assertEquals(PixelTruth.UNKNOWN, test(data).truth());
    assertEquals(
        "ERROR "
            + list
            + " test[0]: \"mask_path\" must be a text or a list of texts, not {\"path\":\""
            + bad
            + "\"}",
        problems(data).get(0));
    Layout.draw("mvtec-loco", miniature);
    rewrite("box/defects_config.json", "6300", "[6300]");
    assertEquals(
        "ERROR box/defects_config.json [0]: \"saturation_threshold\" must be a text, not [6300]",
        problems(read(new MvtecLoco(), Map.of())).get(0));
  }

  private void rewrite(String name, String from, String to) {
    try {
      String text = Files.readString(root.resolve(name));
      assertTrue(text.contains(from), text);
      Files.writeString(root.resolve(name), text.replace(from, to));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void spreadsheetsOfOtherCountriesAreRead() throws IOException {
    miniature.images("B\u00f6den/1.png", "B\u00f6den/2.png");
    String table =
        "Path;Category;Split;Label\r\n"
            + "B\u00f6den\\1.png;\"B;\u00f6den\";train;normal\r\n"
            + "B\u00f6den\\2.png;B\u00f6den;test;normal\r\n";
    miniature.text("images.csv", "\uFEFF" + table);
    assertEquals(List.of("B;\u00f6den", "B\u00f6den"), read(new CsvList(), Map.of()).categories());
    miniature.text("images.csv", table.replace(';', '\t').replace("\"B\t", "\"B;"));
    assertEquals(2, read(new CsvList(), Map.of()).images().size());
    miniature.text("images.csv", "\uFEFFsep=;\r\n" + table + "none.png;;;\r\n");
    Dataset named = read(new CsvList(), Map.of());
    assertEquals(2, named.images().size());
    assertTrue(named.problems().get(0).where().endsWith("line 5"), named.problems().toString());
    miniature.text("images.csv", "path|label\nB\u00f6den/1.png|normal\n");
    assertEquals(1, read(new CsvList(), Map.of()).images().size());
    Files.write(root.resolve("images.csv"), table.getBytes(StandardCharsets.UTF_16));
    assertEquals(2, read(new CsvList(), Map.of()).images().size());
    Files.write(root.resolve("images.csv"), table.getBytes(StandardCharsets.ISO_8859_1));
    String line =
        assertThrows(UniassException.class, () -> read(new CsvList(), Map.of())).getMessage();
    assertTrue(line.endsWith("is not UTF-8 text; save it as UTF-8"), line);
  }

  @Test
  void aGivenDelimiterWins() {
    miniature.images("a;b.png").text("images.csv", "path\na;b.png\n");
    assertEquals(1, read(new CsvList(), Map.of()).images().size());
    miniature.text("images.csv", "path|x;y;z\na;b.png|1\n");
    assertEquals(1, read(new CsvList(), Map.of("delimiter", "|")).images().size());
  }

  @Test
  void kaputtsTablesAreConvertedFirst() {
    Layout.draw("kaputt", miniature);
    Dataset data = read(new Kaputt(), Map.of("references", true, "masks", true));
    assertEquals(List.of(), problems(data));
    assertEquals(
        List.of(
            "query-image/data/train/query-data/image/0.jpg TRAIN good paper []",
            "query-image/data/validation/query-data/image/2.jpg VALIDATION good paper []",
            "query-image/data/test/query-data/image/4.jpg TEST good paper []",
            "query-image/data/test/query-data/image/5.jpg TEST tear paper"
                + " [query-mask/data/test/query-data/mask/5.png]",
            "reference-image/data/train/9.jpg TRAIN good reference []"),
        data.images().stream()
            .map(
                i ->
                    i.path()
                        + " "
                        + i.split()
                        + " "
                        + i.defect()
                        + " "
                        + i.category()
                        + " "
                        + i.masks())
            .toList());
    assertEquals(PixelTruth.UNKNOWN, read(new Kaputt(), Map.of()).images().get(3).truth());
    root.resolve("datasets/query-test.csv")
        .toFile()
        .renameTo(root.resolve("datasets/query-test.parquet").toFile());
    String line =
        assertThrows(UniassException.class, () -> read(new Kaputt(), Map.of())).getMessage();
    assertTrue(line.contains("must be converted to CSV first"), line);
  }
}
