package uniass.runner.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The precisions that may be asked for. A lower one is accepted where anomaly maps stay within 1e-3
 * of those in single precision and it is faster; none was found to do both (bench/NOTES.md).
 */
public final class Precision {

  /** Names for settings; the first is the default. */
  public static final List<String> NAMES = List.of("float32", "bfloat16", "float16");

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private Precision() {}

  /** Why a precision is refused; empty if it isn't. */
  public static Optional<String> refusal(String name) {
    return switch (name) {
      case "float32" -> Optional.empty();
      case "bfloat16" ->
          Optional.of(
              "bfloat16 is refused: its weights alone move anomaly maps by up to 0.02"
                  + (processorHas("avx512_bf16", "amx_bf16")
                      ? ""
                      : ", and this processor, which has no instructions for it, is many times"
                          + " slower with it")
                  + "; leave it at float32");
      case "float16" ->
          Optional.of(
              "float16 is refused: its weights alone move anomaly maps by up to 0.002, and its range"
                  + " ends at 65504; leave it at float32");
      default ->
          Optional.of("there is no precision '" + name + "', only: " + String.join(", ", NAMES));
    };
  }

  private static boolean processorHas(String... flags) {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      String found =
          lines.filter(line -> line.startsWith("flags")).findFirst().orElse("").concat(" ");
      return Stream.of(flags).anyMatch(flag -> found.contains(" " + flag + " "));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
