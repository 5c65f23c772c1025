/* SPDX-License-Identifier: Apache-2.0 */
package uniass.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.ModelInfo;
import uniass.api.metric.Threshold;
import uniass.inference.ExportedModels;
import uniass.inference.OpenModel;
import uniass.inference.model.ModelMetadata;
import uniass.tensor.Threads;

/** Opens exported models for inspections. */
@Component
public final class OnnxInspection implements ExportedModels {

  /** Key of the metadata that holds the checksum of the model that was exported. */
  public static final String SOURCE = "uniass.source.sha256";

  private static final String INPUT = "image";
  private static final String MAP = "anomaly_map";

  private final Function<String, String> settings;

  /** Creates the component. */
  @Activate
  public OnnxInspection(BundleContext context) {
    this(context::getProperty);
  }

  /**
   * Creates one for programs without a framework.
   *
   * @param settings returns a setting's value by its name, or null: {@code uniass.threads}, and
   *     {@code uniass.allocator}, {@code frugal} to give memory back after each batch
   */
  public OnnxInspection(Function<String, String> settings) {
    this.settings = settings;
  }

  @Override
  public String source(Path file) {
    try (OnnxModel model = OnnxModel.open(file, 1, OnnxModel.Memory.RETURNED)) {
      return model.metadata().getOrDefault(SOURCE, "");
    }
  }

  @Override
  public OpenModel open(Path file, InspectionOptions options) {
    if (!List.of("auto", "cpu").contains(options.device())) {
      throw new UniassException(
          "exported models compute on the CPU, not on " + options.device() + ": give cpu");
    }
    if (options.experiment().isPresent()) {
      throw new UniassException(file + " carries its experiment: leave the other one out");
    }
    OnnxModel model = OnnxModel.open(file, threads(), memory());
    try {
      return open(file, model, options);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private int threads() {
    try {
      return Threads.allowed(settings);
    } catch (IllegalStateException e) {
      throw new UniassException(e.getMessage(), e);
    }
  }

  private OnnxModel.Memory memory() {
    return "frugal".equals(settings.apply("uniass.allocator"))
        ? OnnxModel.Memory.RETURNED
        : OnnxModel.Memory.KEPT;
  }

  private static OpenModel open(Path file, OnnxModel model, InspectionOptions options) {
    Map<String, String> texts = model.metadata();
    ModelDescription description = ModelDescription.of(file.toString(), texts);
    if (description.pixels()) {
      throw new UniassException(
          file
              + " takes pixels, and images are resized and normalized here already: export the model"
              + " without --include preprocessing");
    }
    ModelMetadata metadata = new ModelMetadata(texts);
    Optional<Threshold> threshold = metadata.threshold(options.category());
    ImageFormat format = description.wholeFormat();
    ModelInfo info =
        new ModelInfo(
            description.name(),
            metadata.experiment().orElse(""),
            format.height(),
            format.width(),
            metadata.categories(),
            threshold.isPresent(),
            metadata.thresholdValues(),
            "cpu",
            List.of());
    return new OpenModel(
        info,
        metadata,
        description.format(),
        format,
        description.tiling(),
        description.normalization(),
        threshold,
        (values, n) -> maps(model, description, values, n),
        model::close);
  }

  /** Runs as many images at once as the file is for. */
  private static List<AnomalyMap> maps(
      OnnxModel model, ModelDescription description, ByteBuffer values, int n) {
    int height = description.wholeFormat().height();
    int width = description.wholeFormat().width();
    FloatBuffer floats = values.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    if (description.batch() == 0) {
      int size = n * 3 * height * width;
      return run(model, floats.slice(0, size), n, height, width).subList(0, n);
    }
    int several = description.batch();
    int size = 3 * height * width;
    FloatBuffer part =
        ByteBuffer.allocateDirect(several * size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    List<AnomalyMap> maps = new ArrayList<>();
    for (int start = 0; start < n; start += several) {
      int count = Math.min(several, n - start);
      part.put(0, floats, start * size, count * size);
      maps.addAll(run(model, part, several, height, width).subList(0, count));
    }
    return maps;
  }

  private static List<AnomalyMap> run(
      OnnxModel model, FloatBuffer floats, int n, int height, int width) {
    float[] all = model.run(INPUT, floats, n, 3, height, width).get(MAP);
    int size = height * width;
    List<AnomalyMap> maps = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      maps.add(new AnomalyMap(height, width, Arrays.copyOfRange(all, i * size, (i + 1) * size)));
    }
    return maps;
  }
}
