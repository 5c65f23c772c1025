/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of README and docs, typed as they stand there, from the top of a page to its end.
 * What cannot be run here says so in the page's source: {@code <!-- not run: why -->} before a
 * block, {@code <!-- none run: why -->} before all that follow.
 */
class DocumentedCommandsIT {

  private static final Path SOURCES =
      Path.of(System.getProperty("uniass.sources")).toAbsolutePath().normalize();

  /** What stands for the reader's folders, and sizes at which a training takes seconds. */
  private static final Map<String, String> HERE = new LinkedHashMap<>();

  static {
    HERE.put("/data/", "data/");
    HERE.put("/shared/", "shared/");
    HERE.put("/path/to/plugins/", "../plugins/");
    HERE.put(
        "./uniass demo", "./uniass demo --set train.epochs=1 --set 'dataset.categories=[cap]'");
    HERE.put("epochs: 40", "epochs: 1");
    HERE.put("image-size: 256", "image-size: 128");
    HERE.put("seeds: [1, 2, 3]", "seeds: [1]");
  }

  @TempDir static Path prepared;

  /** Images, and the model of {@code bottles.yaml}. */
  @BeforeAll
  static void prepare() throws Exception {
    try (Desk desk = new Desk(prepared, HERE)) {
      desk.write("bottles.yaml", files().get("bottles.yaml"));
      List<String> lines =
          List.of(
              "./uniass sample --out drawn --train 10 --test 5 --size 128",
              "mkdir data && ln -s ../drawn/cap data/bottles",
              "./uniass train bottles.yaml");
      desk.run("preparation", new CodeBlock(0, "", lines, Optional.empty()));
    }
  }

  @TestFactory
  Stream<DynamicTest> pages(@TempDir Path folder) throws IOException {
    return pagesWithCommands().stream()
        .map(page -> DynamicTest.dynamicTest(name(page), () -> read(page, folder)));
  }

  @Test
  void everyFileThatAPageNamesIsThere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pagesOfText()) {
      dead.addAll(Links.dead(page));
    }
    assertEquals(List.of(), dead);
  }

  private static void read(Path page, Path shared) throws Exception {
    Path folder = Files.createDirectory(shared.resolve(name(page).replace('/', '-')));
    List<CodeBlock> blocks = CodeBlock.of(page);
    furnish(folder);
    if (blocks.stream().noneMatch(block -> block.text().contains("./uniass train "))) {
      Files.createSymbolicLink(folder.resolve("runs"), prepared.resolve("runs"));
    }
    try (Desk desk = new Desk(folder, HERE)) {
      for (Map.Entry<String, CodeBlock> file : files().entrySet()) {
        desk.write(file.getKey(), file.getValue());
      }
      for (CodeBlock block : blocks) {
        if (block.file().isPresent()) {
          desk.write(block.file().get(), block);
        } else if (block.isCommands() && block.excuse().isEmpty()) {
          desk.run(name(page), block);
        }
      }
    }
  }

  /** The files that pages show, by name; the first of a name. */
  private static Map<String, CodeBlock> files() throws IOException {
    Map<String, CodeBlock> result = new HashMap<>();
    for (Path page : pagesOfText()) {
      for (CodeBlock block : CodeBlock.of(page)) {
        block.file().ifPresent(name -> result.putIfAbsent(name, block));
      }
    }
    return result;
  }

  /** What a reader has: a product's images, new ones, a part, a model. */
  private static void furnish(Path folder) throws IOException {
    Path cap = prepared.resolve("drawn/cap");
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.createSymbolicLink(data.resolve("bottles"), cap);
    Files.createSymbolicLink(data.resolve("new-images"), cap.resolve("test/good"));
    Files.createDirectory(folder.resolve("plugins"));
    Files.createDirectory(folder.resolve("shared"));
    Files.copy(cap.resolve("test/good/000.png"), folder.resolve("part.png"));
    Files.createSymbolicLink(
        folder.resolve("model.safetensors"), prepared.resolve("runs/bottles/model.safetensors"));
  }

  private static List<Path> pagesWithCommands() throws IOException {
    List<Path> result = new ArrayList<>();
    for (Path page : pagesOfText()) {
      if (CodeBlock.of(page).stream().anyMatch(b -> b.isCommands() && b.excuse().isEmpty())) {
        result.add(page);
      }
    }
    assertFalse(result.isEmpty());
    return result;
  }

  /** README first. */
  private static List<Path> pagesOfText() throws IOException {
    List<Path> result = new ArrayList<>(List.of(SOURCES.resolve("README.md")));
    try (Stream<Path> top = Files.list(SOURCES);
        Stream<Path> docs = Files.walk(SOURCES.resolve("docs"));
        Stream<Path> bench = Files.list(SOURCES.resolve("bench"))) {
      Stream.of(top, docs, bench)
          .flatMap(pages -> pages)
          .filter(page -> page.toString().endsWith(".md") && !result.contains(page))
          .sorted()
          .forEach(result::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return result;
  }

  private static String name(Path page) {
    return SOURCES.relativize(page).toString();
  }
}
