package uniass.runner.score;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import uniass.api.data.Dataset;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Pixels;
import uniass.api.data.Split;

/** Finds masks that hold more than one value beside 0. */
final class OddMasks {

  private static final int VALUES_SHOWN = 4;

  private OddMasks() {}

  private record Odd(String name, BitSet values) {}

  /**
   * Looks at the masks of all test images with known labels.
   *
   * @param thresholds above which a value counts as anomalous
   * @return a line that names the first such mask and its values; none if all are binary
   */
  static List<String> notes(Images images, Dataset dataset, String thresholds) {
    List<Odd> odd =
        dataset.images(Split.TEST).parallelStream()
            .filter(p -> p.label() != Label.UNKNOWN && p.truth() == PixelTruth.MASKS)
            .flatMap(p -> p.masks().stream())
            .map(
                name ->
                    new Odd(
                        name,
                        values(
                            images.decode(
                                dataset.root().resolve(name), ImageFormat.DEFAULT_MAXIMUM_PIXELS))))
            .filter(m -> m.values().cardinality() - (m.values().get(0) ? 1 : 0) > 1)
            .toList();
    if (odd.isEmpty()) {
      return List.of();
    }
    Odd first = odd.get(0);
    String some =
        first.values().stream()
            .limit(VALUES_SHOWN)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    int count = first.values().cardinality();
    return List.of(
        first.name()
            + ": the mask has "
            + count
            + " values ("
            + some
            + (count > VALUES_SHOWN ? "...)" : ")")
            + "; those above "
            + thresholds
            + " count as anomalous (--mask-threshold)"
            + (odd.size() == 1 ? "" : "; " + (odd.size() - 1) + " more masks are not binary"));
  }

  /** The largest of a pixel's channels, which masks have in common. */
  private static BitSet values(Pixels mask) {
    BitSet values = new BitSet(256);
    byte[] rgb = mask.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      values.set(Math.max(rgb[i] & 0xff, Math.max(rgb[i + 1] & 0xff, rgb[i + 2] & 0xff)));
    }
    return values;
  }
}
