package uniass.datasets.images;

import java.nio.file.Path;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.datasets.cache.CacheKey;

/** Images and masks in the model's size. */
record WholeSight(Loader loader, Path root, ImageFormat format) implements Sight {

  @Override
  public Seen image(Image image) {
    Loaded loaded = loader.image(root, image, format);
    return new Seen(CacheKey.of(loaded.pixels().rgb()), loaded.ownHeight(), loaded.ownWidth());
  }

  @Override
  public SeenMask mask(String name) {
    Loaded loaded = loader.gray(root, name, null, format);
    return new SeenMask(loaded.pixels().rgb(), loaded.ownHeight(), loaded.ownWidth());
  }

  @Override
  public String size() {
    return " at " + format.width() + " x " + format.height();
  }
}
