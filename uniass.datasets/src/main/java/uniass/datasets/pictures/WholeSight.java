package uniass.datasets.pictures;

import java.nio.file.Path;
import uniass.api.data.Picture;
import uniass.api.data.PictureFormat;
import uniass.datasets.cache.CacheKey;

/** Pictures and masks in the model's size. */
record WholeSight(Loader loader, Path root, PictureFormat format) implements Sight {

  @Override
  public Seen picture(Picture picture) {
    Loaded loaded = loader.picture(root, picture, format);
    return new Seen(CacheKey.of(loaded.pixels().rgb()), loaded.ownHeight(), loaded.ownWidth());
  }

  @Override
  public SeenMask mask(String name) {
    Loaded loaded = loader.grey(root, name, null, format);
    return new SeenMask(loaded.pixels().rgb(), loaded.ownHeight(), loaded.ownWidth());
  }

  @Override
  public String size() {
    return " at " + format.width() + " x " + format.height();
  }
}
