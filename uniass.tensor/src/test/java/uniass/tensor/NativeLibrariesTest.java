/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said when the libraries cannot be loaded. */
class NativeLibrariesTest {

  @BeforeAll
  static void loadAsItShouldBe() {
    Engines.load();
  }

  @AfterEach
  void clear() {
    List.of("PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR", "PYTORCH_VERSION")
        .forEach(System::clearProperty);
  }

  private static String refusal(Map<String, String> settings) {
    String message =
        assertThrows(IllegalStateException.class, () -> new NativeLibraries(settings::get).load())
            .getMessage();
    assertEquals(1, message.lines().count());
    return message;
  }

  @Test
  void aPathWithoutTheLibrary(@TempDir Path folder) {
    System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
    assertEquals(
        "PYTORCH_LIBRARY_PATH is '"
            + folder
            + "', but there is no "
            + System.mapLibraryName("torch")
            + " in it; let PYTORCH_LIBRARY_PATH name the lib folder of PyTorch 2.7.1, or unset it"
            + " to use the libraries that travel with UniAS",
        refusal(Map.of()));
  }

  @Test
  void aFlavorThatDoesNotExist(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve(System.mapLibraryName("torch")));
    System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
    System.setProperty("PYTORCH_FLAVOR", "cpu-precxx11");
    assertTrue(
        refusal(Map.of()).startsWith("PYTORCH_FLAVOR is 'cpu-precxx11', for which there is"));
  }

  @Test
  void aVersionThatDoesNotFit(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve(System.mapLibraryName("torch")));
    System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
    System.setProperty("PYTORCH_VERSION", "2.5.1");
    assertEquals(
        "PYTORCH_VERSION is '2.5.1'; only 2.7.1 works here: let PYTORCH_LIBRARY_PATH name the lib"
            + " folder of PyTorch 2.7.1, or unset it to use the libraries that travel with UniAS",
        refusal(Map.of()));
  }

  @Test
  void aNumberOfThreadsThatIsNone() {
    assertEquals(
        "UNIASS_THREADS (uniass.threads) is 'many'; write a number >= 1",
        refusal(Map.of("uniass.threads", "many")));
  }

  /** Prints how many threads an operation has. */
  public static final class Threads {
    public static void main(String[] arguments) {
      Engines.load();
      System.out.println(JniUtils.getNumThreads());
    }
  }

  private static String threads(Map<String, String> variables, String... before) throws Exception {
    List<String> words = new ArrayList<>(List.of(before));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Threads.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("OMP_NUM_THREADS");
    builder.environment().putAll(variables);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor());
    return printed;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void threadsFollowTheProcessorsAndTheUsersVariables() throws Exception {
    String all = String.valueOf(Runtime.getRuntime().availableProcessors());
    assertEquals(all, threads(Map.of()));
    assertEquals(all, threads(Map.of("OMP_NUM_THREADS", "1000")));
    assertEquals("1", threads(Map.of("OMP_NUM_THREADS", "1")));
    assertEquals("1", threads(Map.of(), "taskset", "-c", "0"));
  }
}
