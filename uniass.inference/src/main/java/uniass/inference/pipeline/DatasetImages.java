/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Batch;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.data.Images;
import uniass.api.data.Mask;
import uniass.api.data.Painting;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.pipeline.Inputs.Input;

/**
 * The images of an experiment's data set as its network sees them: whole, or in tiles if the
 * experiment cuts them. Masks have the size of the images' maps.
 */
public final class DatasetImages {

  private final Images images;
  private final DatasetSpec dataset;

  /** Reads images of a data set. */
  public DatasetImages(Images images, DatasetSpec dataset) {
    this.images = images;
    this.dataset = dataset;
  }

  /**
   * An image with its ground truth.
   *
   * @param mask of the map's size; empty where unknown or not asked for
   */
  public record Truth(Image image, Optional<Mask> mask) {}

  /** The images, or their tiles if the experiment cuts them. */
  public List<Image> parts(List<Image> whole) {
    return dataset
        .tiling()
        .map(
            tiling ->
                images.tiles(
                    dataset.root(),
                    whole,
                    tiling,
                    dataset.format().maximumPixels(),
                    dataset.skipUnreadable()))
        .orElse(whole);
  }

  /** Opens images for a pipeline. Maps of tiles are joined at the image's own size. */
  public Source<Truth> source(List<Image> whole, BatchOptions options) {
    boolean tiled = dataset.tiling().isPresent();
    BatchOptions loading =
        new BatchOptions(
            options.format(),
            options.normalization(),
            options.batch(),
            options.masks() && !tiled,
            options.skipUnreadable());
    DataLoader loader = images.sequence(dataset.root(), parts(whole), loading);
    return new Source<>() {
      @Override
      public Inputs<Truth> next() {
        Batch batch = loader.next();
        return batch == null ? null : inputs(batch);
      }

      @Override
      public Truth joined(Truth image, AnomalyMap map) {
        return options.masks() ? new Truth(image.image(), mask(image.image(), map)) : image;
      }

      @Override
      public void close() {
        loader.close();
      }
    };
  }

  /**
   * Opens images that a defect is painted on, for a pipeline. Tiles count as images of their own.
   */
  public Source<Truth> painted(List<Image> whole, BatchOptions options, Painting painting) {
    DataLoader loader = images.sequence(dataset.root(), parts(whole), options.with(painting));
    return new Source<>() {
      @Override
      public Inputs<Truth> next() {
        Batch batch = loader.next();
        return batch == null ? null : painted(batch);
      }

      @Override
      public void close() {
        loader.close();
      }
    };
  }

  private static Inputs<Truth> painted(Batch batch) {
    Batch twins = batch.painted().orElse(batch);
    List<Input<Truth>> inputs = new ArrayList<>(twins.size());
    for (int i = 0; i < twins.size(); i++) {
      Truth truth = new Truth(twins.images().get(i), twins.masks().get(i));
      inputs.add(Input.of(truth, Optional.empty()));
    }
    return new Inputs<>(inputs, twins.values(), batch::close);
  }

  private static Inputs<Truth> inputs(Batch batch) {
    List<Input<Truth>> inputs = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Image image = batch.images().get(i);
      inputs.add(
          Input.of(
              new Truth(image.withTile(null), batch.masks().get(i)),
              Optional.ofNullable(image.tile())));
    }
    return new Inputs<>(inputs, batch.values(), batch::close);
  }

  /**
   * An image's mask in its own size.
   *
   * @return a mask of the map's size; empty if nothing is known about the pixels
   */
  public Optional<Mask> mask(Image image, AnomalyMap map) {
    Optional<Mask> found = images.mask(dataset.root(), image, dataset.format(), true);
    if (found.isPresent() && !found.get().fits(map)) {
      Mask mask = found.get();
      throw new UniassException(
          String.format(
              Locale.ROOT,
              "%s: is %d x %d pixels (width x height), but its mask is %d x %d",
              image.path(),
              map.width(),
              map.height(),
              mask.width(),
              mask.height()));
    }
    return found;
  }
}
