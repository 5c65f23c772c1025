/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.gateway.testing.Configs;
import uniass.gateway.testing.Gateway;
import uniass.gateway.testing.TinyModel;

/** A watched folder in front of a station with a real model. */
class FolderSourceTest {

  @TempDir Path folder;

  private final TinyModel models = new TinyModel();
  private final Gateway gateway = new Gateway(models, Map.of());
  private Path in;
  private Path model;
  private FolderSource source;

  @BeforeEach
  void prepare() throws IOException {
    in = Files.createDirectories(folder.resolve("in"));
    model = models.write(folder.resolve("model.safetensors"), 1e-9, 1e9);
  }

  @AfterEach
  void close() {
    source.stop();
    gateway.close();
  }

  private void watch(int quiet) {
    source =
        new FolderSource(
            gateway.stations(),
            Configs.of(
                FolderConfig.class,
                Map.of(
                    "name",
                    "drop",
                    "station",
                    "line3",
                    "folder",
                    in.toString(),
                    "quiet",
                    quiet,
                    "interval",
                    10)));
  }

  private List<String> files(String below) throws IOException {
    Path at = in.resolve(below);
    if (!Files.isDirectory(at)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(at)) {
      return all.filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private void await(String below, String... names) throws Exception {
    while (!files(below).equals(List.of(names))) {
      Thread.sleep(5);
    }
  }

  private void put(String name, byte[] content) throws IOException {
    Path temporary = Files.write(folder.resolve(name), content);
    Files.move(temporary, in.resolve(name));
  }

  @Test
  void imagesAreInspectedAndMoved() throws Exception {
    gateway.station("line3", model, Map.of());
    for (int i = 0; i < 12; i++) {
      put("%02d.png".formatted(i), TinyModel.image(i));
    }
    put("broken.png", new byte[] {1, 2, 3});
    put("notes.txt", new byte[] {1});
    watch(0);
    await("failed", "broken.png", "broken.png.txt");
    await("", "notes.txt");
    assertEquals(12, files("done").size());
    assertTrue(Files.readString(in.resolve("failed/broken.png.txt")).contains("not an image"));
    assertEquals(12, gateway.results().latest(100).size());
    put("00.png", TinyModel.image(1)); // a name that was there before
    await("", "notes.txt");
    while (files("done").size() < 13) {
      Thread.sleep(5);
    }
    assertEquals(13, gateway.results().latest(100).size());
  }

  @Test
  void aFileThatStillGrowsIsNotTaken() throws Exception {
    gateway.station("line3", model, Map.of());
    byte[] image = TinyModel.image(1);
    Files.write(in.resolve("slow.png"), java.util.Arrays.copyOf(image, 50));
    watch(3_600_000);
    put("other.png", image);
    Thread.sleep(100); // some looks at the folder
    assertEquals(List.of("other.png", "slow.png"), files(""));
    assertEquals(0, gateway.results().latest(9).size());
  }

  @Test
  void whatAStationCannotTakeWaits() throws Exception {
    put("a.png", TinyModel.image(1));
    watch(0);
    Thread.sleep(50);
    assertEquals(List.of("a.png"), files(""));
    gateway.station("line3", model, Map.of());
    await("done", "a.png");
    assertEquals(1, gateway.results().latest(9).size());
  }
}
