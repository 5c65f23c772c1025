/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark.bridge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.inspection.PreparedImage;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.MapFiles;

/**
 * Opens models. Takes {@code model}, {@code device}, {@code category} and {@code heat-maps} (a
 * folder), the last two may be absent; returns what scores a batch: names and the bytes of files to
 * rows of name, score, threshold, verdict, height and width of the map, error.
 */
@Component(service = Function.class, property = "uniass.spark=score")
public final class ScoreBridge
    implements Function<Map<String, String>, BiFunction<List<String>, List<byte[]>, List<Object[]>>> {

  private final Inspection inspection;

  /** Opens models with this. */
  @Activate
  public ScoreBridge(@Reference Inspection inspection) {
    this.inspection = inspection;
  }

  @Override
  public BiFunction<List<String>, List<byte[]>, List<Object[]>> apply(Map<String, String> options) {
    InspectionOptions opened = InspectionOptions.defaults().withDevice(options.get("device"));
    Inspector inspector = inspection.open(Path.of(options.get("model")), opened);
    Map<String, Double> thresholds = inspector.model().thresholds();
    String category = options.getOrDefault("category", ThresholdCalibrator.ALL);
    if (!thresholds.isEmpty() && !thresholds.containsKey(category)) {
      throw new UniassException(
          "--category %s: the model has thresholds for %s"
              .formatted(category, inspector.model().categories()));
    }
    Double threshold = thresholds.get(category);
    Optional<MapFiles> heat =
        Optional.ofNullable(options.get("heat-maps"))
            .map(folder -> new MapFiles(Path.of(folder), Set.of("png")));
    return new Scoring(
        inspector,
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
        heat);
  }

  /** Scores batches with an open model. */
  private record Scoring(Inspector inspector, OptionalDouble threshold, Optional<MapFiles> heat)
      implements BiFunction<List<String>, List<byte[]>, List<Object[]>> {

    @Override
    public List<Object[]> apply(List<String> names, List<byte[]> files) {
      List<Object[]> rows = new ArrayList<>();
      List<String> readable = new ArrayList<>();
      List<PreparedImage> images = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        try {
          images.add(inspector.prepare(names.get(i), files.get(i)));
          readable.add(names.get(i));
        } catch (UniassException e) {
          rows.add(new Object[] {names.get(i), null, null, null, null, null, e.getMessage()});
        }
      }
      List<AnomalyMap> maps = images.isEmpty() ? List.of() : inspector.maps(images);
      for (int i = 0; i < maps.size(); i++) {
        rows.add(row(readable.get(i), maps.get(i)));
      }
      return rows;
    }

    private Object[] row(String name, AnomalyMap map) {
      double score = inspector.score(map);
      Verdict verdict =
          threshold.isEmpty()
              ? Verdict.UNDECIDED
              : score >= threshold.getAsDouble() ? Verdict.ANOMALOUS : Verdict.NORMAL;
      heat.ifPresent(
          files ->
              files.write(
                  name.replaceAll("^([a-z0-9]+:)?/+", "").replace("!", "/"),
                  new Prediction(name, map, score, verdict, threshold)));
      return new Object[] {
        name,
        score,
        threshold.isPresent() ? threshold.getAsDouble() : null,
        verdict.name().toLowerCase(java.util.Locale.ROOT),
        map.height(),
        map.width(),
        null
      };
    }
  }
}
