/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The clients of {@code docs/examples}. The one for curl runs where curl is; of the others, whose
 * programs a build need not have, the requests and the keys that they read are compared with what a
 * gateway has.
 *
 * @param base where a gateway answers
 */
record ClientExamples(Path folder, String base) {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("uniass.sources"), "docs", "examples");
  private static final Pattern REQUEST = Pattern.compile("/api/v1/(\\w+)/[^/]+/(\\w+)");
  private static final Pattern KEY = Pattern.compile("(?:result\\[['\"]|payload\\.)([\\w-]+)");

  /** Runs the shell script; answers what it prints, or nothing without curl. */
  List<String> curl(String station, Path image) throws IOException, InterruptedException {
    if (!isInstalled("curl")) {
      return List.of();
    }
    Launched client =
        Launched.start(
            folder,
            List.of(
                EXAMPLES.resolve("inspect.sh").toString(),
                base.replaceFirst("/$", ""),
                station,
                image.toString()),
            Map.of());
    client.exits(0);
    assertEquals("", client.err());
    return client.out().lines().toList();
  }

  private static boolean isInstalled(String program) {
    return Pattern.compile(":")
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /**
   * Compares an example that is not run.
   *
   * @param description of the interface, as the gateway gives it
   * @param result of an inspection
   */
  void compare(String example, JsonObject description, JsonObject result) throws IOException {
    String text = Files.readString(EXAMPLES.resolve(example));
    Set<String> paths = description.getAsJsonObject("paths").keySet();
    List<MatchResult> requests = REQUEST.matcher(text).results().toList();
    assertFalse(requests.isEmpty(), example);
    for (MatchResult request : requests) {
      String path = "/%s/\\{\\w+}/%s".formatted(request.group(1), request.group(2));
      assertTrue(
          paths.stream().anyMatch(known -> known.matches(path)),
          example + ": " + request.group() + " is not one of " + paths);
    }
    List<String> keys = KEY.matcher(text).results().map(key -> key.group(1)).toList();
    assertFalse(keys.isEmpty(), example);
    keys.forEach(key -> assertTrue(result.has(key), example + ": " + key));
  }
}
