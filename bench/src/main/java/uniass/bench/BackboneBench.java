/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.model.backbone.EfficientNetB0;
import uniass.model.backbone.EfficientNetB4;
import uniass.model.backbone.EfficientNetLite0;
import uniass.model.backbone.ResNet18;
import uniass.model.backbone.ResNet50;
import uniass.model.backbone.WideResNet50;
import uniass.model.fast.FastLayers;
import uniass.model.vit.Dinov2B14;
import uniass.model.vit.Dinov2L14;
import uniass.model.vit.Dinov2S14;
import uniass.model.vit.Dinov3B16;
import uniass.model.vit.Dinov3L16;
import uniass.model.vit.Dinov3S16;
import uniass.tensor.Engines;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;
import uniass.tensor.TensorValues;

/**
 * The levels of every backbone, 224 px, batch 4, one after the other in one process: {@code
 * [ROUNDS]}.
 */
public final class BackboneBench {

  private static final int BATCH = 4;
  private static final int SIDE = 224;

  private BackboneBench() {}

  private static List<Supplier<Backbone>> backbones() {
    return List.of(
        EfficientNetLite0::new,
        EfficientNetB0::new,
        EfficientNetB4::new,
        ResNet18::new,
        ResNet50::new,
        WideResNet50::new,
        Dinov2S14::new,
        Dinov2B14::new,
        Dinov2L14::new,
        Dinov3S16::new,
        Dinov3B16::new,
        Dinov3L16::new);
  }

  /** Prints a Markdown table. */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Map<String, List<Double>> times = new LinkedHashMap<>();
    Map<String, Double> megabytes = new LinkedHashMap<>();
    try (NDManager manager = Engines.load().newManager(Device.cpu())) {
      Random random = new Random(1);
      float[] pixels = new float[BATCH * 3 * SIDE * SIDE];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      NDArray images = TensorValues.create(manager, pixels, BATCH, 3, SIDE, SIDE);
      for (Supplier<Backbone> each : backbones()) {
        Backbone backbone = each.get();
        String name = backbone.architecture(Settings.defaults(backbone)).orElseThrow();
        try (ParameterStore store =
            new ParameterStore(manager.newSubManager(), 1, new FastLayers())) {
          times.put(name, times(backbone, store, images, rounds));
          long values =
              store.parameters().stream().mapToLong(p -> p.value().getShape().size()).sum();
          megabytes.put(name, values * Float.BYTES / 1e6);
        }
      }
    }
    double base = Times.median(times.values().iterator().next());
    System.out.println("| backbone | ms per image | times Lite0's | weights in memory, MB |");
    System.out.println("|---|---|---|---|");
    times.forEach(
        (name, all) -> {
          double median = Times.median(all);
          System.out.printf(
              Locale.ROOT,
              "| `%s` | %.1f | %.1f | %.1f |%n",
              name,
              median / BATCH,
              median / base,
              megabytes.get(name));
        });
  }

  /** Milliseconds of the rounds; the first, which derives weights, does not count. */
  private static List<Double> times(
      Backbone backbone, ParameterStore store, NDArray images, int rounds) {
    Settings settings = Settings.defaults(backbone);
    List<Integer> channels = backbone.channels(settings);
    Backbone.Layer layer =
        backbone.create(
            store.root().child("backbone"),
            new NetworkShape(SIDE, SIDE, 256, channels, channels),
            settings);
    List<Double> times = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      long start = System.nanoTime();
      try (NDManager own = images.getManager().newSubManager()) {
        NDArray input = images.duplicate();
        input.attach(own);
        Scopes.withoutGradients(() -> Scopes.keep(() -> layer.forward(input, Pass.inference())))
            .forEach(NDArray::close);
      }
      if (round > 0) {
        times.add((System.nanoTime() - start) / 1e6);
      }
    }
    return times;
  }
}
