/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Pixels;
import uniass.api.data.Tiling;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.ModelCalibration;
import uniass.api.inspection.ModelInfo;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.inspection.PreparedImage;
import uniass.api.inspection.SelfTest;
import uniass.api.inspection.UnreadableImageException;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;
import uniass.inference.model.CalibrationSummary;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.Reference;
import uniass.inference.pipeline.Decoded;
import uniass.inference.pipeline.ImageSource;
import uniass.inference.pipeline.MapSink;
import uniass.inference.pipeline.Pipeline;
import uniass.inference.pipeline.Preparation;
import uniass.inference.pipeline.WholeMap;

/**
 * An open model. Inspections share it. Closing waits until the batches that are being computed are
 * done; an inspection of many files ends there, with what it has computed.
 */
final class ModelInspector implements Inspector {

  private final Images images;
  private final OpenModel model;
  private final Optional<Threshold> threshold;
  private final ImageScore imageScore;
  private final Pipeline pipeline = new Pipeline(this::maps);
  private final Preparation preparation;
  private final ImageFormat format;
  private final boolean tiled;
  private final int batch;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  ModelInspector(Images images, OpenModel model, InspectionOptions options) {
    this.images = images;
    this.model = model;
    this.threshold = model.threshold();
    this.imageScore = model.metadata().imageScore();
    this.batch = options.batch();
    Optional<Tiling> tiles = options.tilesAsTrained() ? model.tiling() : options.tiles();
    this.format =
        model
            .format()
            .withMaximumPixels(
                Math.min(
                    model.format().maximumPixels(),
                    options.maximumPixels().orElse(Long.MAX_VALUE)));
    this.tiled = tiles.isPresent();
    this.preparation =
        new Preparation(
            images,
            options.tilesAsTrained() ? model.format() : model.wholeFormat(),
            model.normalization(),
            tiles);
  }

  @Override
  public ModelInfo model() {
    return model.info();
  }

  @Override
  public ModelCalibration calibration() {
    ModelMetadata metadata = model.metadata();
    return new ModelCalibration(
        metadata.calibration().map(CalibrationSummary::method).orElse(""),
        imageScore,
        metadata.thresholds(),
        metadata.normalImages());
  }

  @Override
  public Optional<SelfTest> selfTest() {
    ImageFormat size = model.wholeFormat(); // a model may be exported in another one
    List<Reference> references =
        model.metadata().references().stream()
            .filter(r -> r.height() == size.height() && r.width() == size.width())
            .toList();
    double largest = 0;
    for (Reference reference : references) {
      AnomalyMap map =
          WholeMap.of(images, reference.image(), size, model.normalization(), this::maps);
      largest = Math.max(largest, reference.difference(map));
    }
    return references.isEmpty()
        ? Optional.empty()
        : Optional.of(new SelfTest(references.size(), largest));
  }

  @Override
  public Prediction inspect(Path file) {
    try {
      return inspect(file.getFileName().toString(), decode(file));
    } catch (UniassException e) {
      throw new UnreadableImageException(file, e);
    }
  }

  @Override
  public Prediction inspect(String name, Pixels pixels) {
    return inspect(name, new Decoded.Image(pixels));
  }

  private Prediction inspect(String name, Decoded image) {
    List<Prediction> found = new ArrayList<>(1);
    pipeline.runHere(
        ImageSource.here(List.of(name), same -> image, preparation, batch),
        (same, map) -> found.add(prediction(name, map)));
    return found.get(0);
  }

  @Override
  public PreparedImage prepare(String name, byte[] file) {
    Pixels pixels = images.decode(name, file, format);
    return new PreparedImage(pixels.height(), pixels.width(), preparation.fit(pixels));
  }

  @Override
  public List<AnomalyMap> maps(List<PreparedImage> prepared) {
    List<AnomalyMap> found = new ArrayList<>(prepared.size());
    pipeline.runHere(
        ImageSource.here(
            IntStream.range(0, prepared.size()).boxed().toList(),
            index -> new Decoded.Image(prepared.get(index).pixels()),
            preparation,
            batch),
        (index, map) -> found.add(map));
    return found;
  }

  @Override
  public int inspect(List<Path> files, Results results) {
    int[] inspected = {0};
    MapSink<Integer> sink =
        new MapSink<>() {
          @Override
          public void accept(Integer index, AnomalyMap map) {
            inspected[0]++;
            results.accept(index, prediction(files.get(index).getFileName().toString(), map));
          }

          @Override
          public void failed(Integer index, UniassException failure) {
            results.failed(index, new UnreadableImageException(files.get(index), failure));
          }

          @Override
          public Optional<String> stopCause() {
            return results.canceled() ? Optional.of("canceled") : Optional.empty();
          }
        };
    pipeline.run(
        ImageSource.ahead(
            IntStream.range(0, files.size()).boxed().toList(),
            index -> decode(files.get(index)),
            preparation,
            batch),
        sink);
    return inspected[0];
  }

  private Decoded decode(Path file) {
    if (!Decoded.isNormalized(file)) {
      return new Decoded.Image(images.decode(file, format));
    }
    if (tiled) {
      throw new UniassException(file + " holds a network's input, which is not cut into tiles");
    }
    return Decoded.read(file, format);
  }

  @Override
  public double score(AnomalyMap map) {
    return imageScore.of(map.values());
  }

  private Prediction prediction(String name, AnomalyMap map) {
    double score = score(map);
    return new Prediction(
        name,
        map,
        score,
        threshold
            .map(t -> t.anomalous(score) ? Verdict.ANOMALOUS : Verdict.NORMAL)
            .orElse(Verdict.UNDECIDED),
        threshold.map(t -> OptionalDouble.of(t.value())).orElse(OptionalDouble.empty()));
  }

  private List<AnomalyMap> maps(ByteBuffer values, int n) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      return model.network().maps(values, n);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.closing().run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
