/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.datasets.miniature.Miniature;
import uniass.io.Outputs;

/** Nothing outside the root, and nothing that never ends. */
class DatasetFolderTest {

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void draw() {
    root = folder.resolve("root");
    new Miniature(root).images("a/0.png", "b/1.png");
    new Miniature(folder).images("outside/2.png");
  }

  private static List<String> problems(DatasetFolder tree) {
    return tree.problems().stream().map(Object::toString).toList();
  }

  @Test
  void linksInsideAreFollowedAndLinksOutsideAreNot() throws IOException {
    Files.createSymbolicLink(root.resolve("a/inside.png"), root.resolve("b/1.png"));
    Files.createSymbolicLink(root.resolve("a/outside.png"), folder.resolve("outside/2.png"));
    Files.createSymbolicLink(root.resolve("c"), folder.resolve("outside"));
    Files.createSymbolicLink(root.resolve("a/dangling.png"), root.resolve("nothing.png"));
    DatasetFolder tree = DatasetFolder.open(root);
    assertEquals(List.of("a", "b"), tree.folders(""));
    assertEquals(List.of("0.png", "inside.png"), tree.images("a"));
    assertEquals(List.of(), tree.images("c"));
    assertNull(tree.resolve("c/2.png", "list line 1"));
    assertNull(tree.resolve("a/outside.png", "list line 2"));
    assertEquals(
        List.of(
            "c: a symbolic link that leads outside the data set's folder; left out",
            "a/dangling.png: a symbolic link that leads nowhere or in a circle, or an unreadable"
                + " entry; left out",
            "a/outside.png: a symbolic link that leads outside the data set's folder; left out",
            "list line 1: the file 'c/2.png' is missing",
            "list line 2: the file 'a/outside.png' is missing"),
        problems(tree).stream().sorted(java.util.Comparator.comparing(p -> order(p))).toList());
  }

  @Test
  void whatPredictWroteIsLeftOut() {
    Outputs.makeResultFolder(root.resolve("b/heat-maps"));
    new Miniature(root).images("b/heat-maps/1.png");
    DatasetFolder tree = DatasetFolder.open(root);
    assertEquals(List.of(), tree.folders("b"));
    assertEquals(List.of("1.png"), tree.images("b"));
    assertEquals(
        List.of("b/heat-maps: left out: results of predict, not images of the data set"),
        problems(tree));
  }

  private static int order(String problem) {
    return problem.startsWith("c:")
        ? 0
        : problem.startsWith("a/d")
            ? 1
            : problem.startsWith("a/o") ? 2 : problem.contains("line 1") ? 3 : 4;
  }

  @Test
  void circlesEnd() throws IOException {
    Files.createSymbolicLink(root.resolve("a/up"), root);
    Files.createSymbolicLink(root.resolve("a/self"), root.resolve("a/self"));
    DatasetFolder tree = DatasetFolder.open(root);
    assertEquals(List.of(), tree.folders("a"));
    assertEquals(2, tree.problems().size());
    assertNull(tree.resolve("a/up/a/0.png", "list"));
  }

  @Test
  void listedNamesStayBelowTheRoot() {
    DatasetFolder tree = DatasetFolder.open(root);
    assertEquals("a/0.png", tree.resolve("./b/../a//0.png", "list"));
    assertEquals("a/0.png", tree.resolve("a\\0.png", "list"));
    assertNull(tree.resolve("../outside/2.png", "list line 1"));
    assertNull(tree.resolve("a/../../outside/2.png", "list line 2"));
    assertNull(tree.resolve(folder.resolve("outside/2.png").toString(), "list line 3"));
    assertNull(tree.resolve("C:\\x.png", "list line 4"));
    assertNull(tree.resolve("a\0.png", "list line 5"));
    assertNull(tree.resolve("x".repeat(5000) + ".png", "list line 6"));
    assertNull(tree.resolve("", "list line 7"));
    List<String> problems = problems(tree);
    assertEquals(7, problems.size());
    for (int i = 0; i < 4; i++) {
      assertTrue(problems.get(i).endsWith("leads outside the data set's folder"), problems.get(i));
    }
    assertEquals("list line 5: 'a?.png' is not a file name", problems.get(4));
    assertTrue(problems.get(5).length() < 250, problems.get(5));
  }

  @Test
  void anUnreadableFolderIsNoted() throws IOException {
    Files.setPosixFilePermissions(root.resolve("b"), PosixFilePermissions.fromString("---------"));
    try {
      Assumptions.assumeFalse(Files.isReadable(root.resolve("b")), "root may read everything");
      DatasetFolder tree = DatasetFolder.open(root);
      assertEquals(List.of(), tree.images("b"));
      assertEquals(List.of("b: the folder cannot be read: permission denied"), problems(tree));
    } finally {
      Files.setPosixFilePermissions(
          root.resolve("b"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
