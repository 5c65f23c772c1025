package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
}
