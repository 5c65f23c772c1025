/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** Which files {@code predict} looks at. */
class InputImagesTest {

  @TempDir Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[1]);
  }

  @Test
  void imagesAreNamedByTheirPathBelowTheFolder() throws IOException {
    file("b/2.PNG");
    file("b/1.jpg");
    file("a.webp");
    file("notes.txt");
    Path alone = file("c/3.png");
    assertEquals(
        List.of("a.webp", "b/1.jpg", "b/2.PNG", "c/3.png"),
        new InputImages(List.of(folder)).names());
    assertEquals(List.of("3.png"), new InputImages(List.of(alone)).names());
  }

  @Test
  void whatASystemLeavesBehindIsNotAnImage() throws IOException {
    file("1.png");
    file("._1.png");
    file(".thumbnails/1.png");
    InputImages images = new InputImages(List.of(folder));
    assertEquals(List.of("1.png"), images.names());
    assertEquals(List.of(), images.notes());
  }

  @Test
  void resultsAreLeftOutAndSaid() throws IOException {
    file("1.png");
    Outputs.makeResultFolder(folder.resolve("out/heat-maps"));
    file("out/heat-maps/1.png.png");
    InputImages images = new InputImages(List.of(folder));
    assertEquals(List.of("1.png"), images.names());
    assertEquals(
        List.of(
            "left out "
                + folder.resolve("out/heat-maps")
                + ": results of predict, not images to inspect"),
        images.notes());
    Path results = folder.resolve("out");
    String refused =
        assertThrows(UniassException.class, () -> new InputImages(List.of(results))).getMessage();
    assertTrue(refused.startsWith(results + " holds no images; left out "), refused);
  }

  @Test
  void twoImagesOfOneNameAreRefused() throws IOException {
    Path one = file("a/1.png");
    Path other = file("b/1.png");
    assertEquals(
        one
            + " and "
            + other
            + " would both be written as 1.png; inspect them one after the other, with another"
            + " --out",
        assertThrows(UniassException.class, () -> new InputImages(List.of(one, other)))
            .getMessage());
    assertEquals(List.of("1.png"), new InputImages(List.of(one, one)).names());
  }
}
