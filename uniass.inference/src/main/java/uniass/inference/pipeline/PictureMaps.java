package uniass.inference.pipeline;

import ai.djl.Device;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import uniass.api.UniassException;
import uniass.api.data.Feed;
import uniass.api.data.Picture;
import uniass.api.data.Pictures;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.pipeline.MapStream.Mapped;

/**
 * The anomaly maps of a data set's pictures: at the model's size, or, where the experiment cuts
 * pictures into tiles, put together from these at the pictures' own size. Masks have the maps'
 * size.
 */
public final class PictureMaps {

  private final Services services;
  private final DatasetSpec dataset;

  /** Computes the maps of pictures of a data set. */
  public PictureMaps(Services services, DatasetSpec dataset) {
    this.services = services;
    this.dataset = dataset;
  }

  /**
   * Computes maps. Beside what {@link MapStream} holds, tiles take one map of a picture's size.
   *
   * @param batch pictures, or tiles, of one forward pass
   * @param masks whether masks are wanted
   * @param stop asked before each batch; a cause ends the work
   * @param consumer called for each picture in its order, in one other thread
   * @param after called with the number of pictures done, after each batch
   * @return the cause, if it was stopped
   */
  public Optional<String> run(
      AnomalyNetwork network,
      Device device,
      List<Picture> pictures,
      int batch,
      boolean masks,
      Supplier<Optional<String>> stop,
      Consumer<Mapped> consumer,
      Consumer<Integer> after) {
    boolean tiled = dataset.tiles().isPresent();
    Feed feed =
        services
            .pictures()
            .sequence(
                dataset.root(),
                parts(pictures),
                dataset.feed(network.normalisation(), batch, masks && !tiled));
    Consumer<Mapped> whole =
        tiled ? new TileJoiner(consumer, masks ? this::mask : (p, h, w) -> null) : consumer;
    return new MapStream(services.engine(), device, network).run(feed, stop, whole, after);
  }

  /** The tiles of pictures, or the pictures themselves where the experiment cuts none. */
  public List<Picture> parts(List<Picture> pictures) {
    return dataset
        .tiles()
        .map(
            tiling ->
                services
                    .pictures()
                    .tiles(
                        dataset.root(),
                        pictures,
                        tiling,
                        dataset.format().maximumPixels(),
                        dataset.skipUnreadable()))
        .orElse(pictures);
  }

  /**
   * A picture's mask in its own size.
   *
   * @return height x width, 1 where anomalous; null where nothing is known
   */
  public byte[] mask(Picture picture, int height, int width) {
    Pictures.Mask mask = services.pictures().mask(dataset.root(), picture, dataset.format(), true);
    if (mask == null) {
      return null;
    }
    if (mask.height() != height || mask.width() != width) {
      throw new UniassException(
          String.format(
              Locale.ROOT,
              "%s: is %d x %d pixels (width x height), but its mask is %d x %d",
              picture.path(),
              width,
              height,
              mask.width(),
              mask.height()));
    }
    return mask.values();
  }
}
