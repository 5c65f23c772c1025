/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.CommandLine;
import uniass.datasets.miniature.Layout;
import uniass.datasets.miniature.Miniature;

/** A miniature of every layout is checked, trained on and evaluated by the commands. */
class LayoutsTest {

  @InjectService(timeout = Patience.MILLISECONDS)
  CommandLine commandLine;

  @TempDir Path folder;

  static List<Layout> layouts() {
    return Layout.all();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void isCheckedTrainedAndEvaluated(Layout layout) throws IOException {
    Path images = folder.resolve("images");
    layout.drawing().accept(new Miniature(images));
    Map<String, Object> reader = new TreeMap<>(layout.settings());
    reader.put("name", layout.reader());
    String experiment = folder.resolve("tiny.yaml").toString();
    Files.writeString(
        Path.of(experiment),
        """
        name: %s
        dataset: { reader: %s, root: %s, image-size: 64 }
        model:
          backbone: { name: efficientnet-lite0, weights: random }
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 3, heads: 4, ffn: 32 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 32, layers: 1 }
        train: { epochs: 1, batch: 2, validate-every: 0 }
        evaluate: { metrics: [pixel-auroc, aupro, image-auroc] }
        """
            .formatted(layout.name(), new Gson().toJson(reader), images));
    JsonObject checked = Outcome.of(commandLine, "check", experiment, "--json").done().json();
    Path run = folder.resolve("run");
    Outcome.of(commandLine, "train", experiment, "--out", run.toString()).done();
    String model = run.resolve("model.safetensors").toString();
    JsonObject evaluated =
        Outcome.of(commandLine, "evaluate", experiment, "--model", model, "--json").done().json();

    Set<String> tested = new TreeSet<>();
    int count = 0;
    for (Map.Entry<String, JsonElement> category : checked.getAsJsonObject("counts").entrySet()) {
      JsonObject counts = category.getValue().getAsJsonObject();
      assertTrue(counts.get("train").getAsInt() > 0, checked.toString());
      for (String kind : List.of("test-normal", "test-anomalous")) {
        if (counts.has(kind)) {
          tested.add(category.getKey());
          count += counts.get(kind).getAsInt();
        }
      }
    }
    assertEquals(tested, evaluated.getAsJsonObject("categories").keySet());
    assertEquals(count, evaluated.get("images").getAsInt());
    double auroc = evaluated.getAsJsonObject("mean").get("pixel-auroc").getAsDouble();
    assertTrue(auroc >= 0 && auroc <= 1, evaluated.toString());
  }

  @Test
  void everyReaderHasAMiniature() {
    JsonObject listed = Outcome.of(commandLine, "list", "dataset", "--json").done().json();
    Set<String> readers = new TreeSet<>();
    listed
        .getAsJsonArray("plugins")
        .forEach(p -> readers.add(p.getAsJsonObject().get("name").getAsString()));
    assertEquals(readers, new TreeSet<>(Layout.all().stream().map(Layout::reader).toList()));
  }
}
