/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the machine says about itself; nothing where it does not. */
final class Machine {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path PEAK = Path.of("/proc/self/clear_refs");
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String FORGET_PEAK = "5";

  private Machine() {}

  /** Begins to watch for the largest resident memory. */
  static void forgetPeak() {
    try {
      Files.writeString(PEAK, FORGET_PEAK);
    } catch (IOException e) {
      // another system, or not allowed: the peak is that of the whole process then
    }
  }

  /** The largest resident memory since {@link #forgetPeak}; 0 if unknown. */
  static double peakMebibytes() {
    return value(STATUS, "VmHWM").isEmpty()
        ? 0
        : Math.round(Double.parseDouble(value(STATUS, "VmHWM").replaceAll("[^0-9]", "")) / 1024);
  }

  /** The processor's name. */
  static String processor() {
    String name = value(PROCESSORS, "model name");
    return name.isEmpty() ? System.getProperty("os.arch") : name;
  }

  /** How many threads one operation of the network takes. */
  static int threads() {
    String given = System.getenv("OMP_NUM_THREADS");
    return given != null && given.matches("[0-9]{1,4}")
        ? Integer.parseInt(given)
        : Runtime.getRuntime().availableProcessors();
  }

  private static String value(Path file, String key) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.stream()
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
