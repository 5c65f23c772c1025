/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Part;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;

/**
 * Paints defects on normal images and says exactly where they are: what a network learns from that
 * is to see defects, and what thresholds and image scores are judged by where real defects are not
 * known. The smallest plug-in:
 *
 * <pre>{@code
 * @Component(service = SyntheticAnomalies.class, scope = ServiceScope.PROTOTYPE)
 * @Plugin(name = "dead-pixel", description = "one black pixel")
 * public final class DeadPixel implements SyntheticAnomalies {
 *   public Generator create(Settings settings) {
 *     return (image, others, random) -> {
 *       byte[] rgb = image.rgb().clone();
 *       byte[] mask = new byte[image.height() * image.width()];
 *       int pixel = random.nextInt(mask.length);
 *       Arrays.fill(rgb, 3 * pixel, 3 * pixel + 3, (byte) 0);
 *       mask[pixel] = 1;
 *       return new Synthetic(
 *           new Pixels(image.height(), image.width(), rgb),
 *           new Mask(image.height(), image.width(), mask),
 *           "dead-pixel");
 *     };
 *   }
 * }
 * }</pre>
 */
@ConsumerType
@PluginType(PluginType.SYNTHETIC_ANOMALIES)
public interface SyntheticAnomalies extends Part {

  /**
   * Creates the generator of a run.
   *
   * @throws uniass.api.UniassException if the settings contradict each other
   */
  Generator create(Settings settings);

  /** The same settings, but for one defect per image; as they are if there is never another. */
  default Settings single(Settings settings) {
    return settings;
  }

  /** Paints. Several threads may call it at once. */
  @FunctionalInterface
  interface Generator {
    /**
     * Paints one or more defects.
     *
     * @param image a normal image in the size that the network takes; it stays as it is
     * @param others gives other normal images of the same size, to take textures from
     * @param random decides everything: equal states give equal results
     */
    Synthetic paint(Pixels image, Supplier<Pixels> others, RandomGenerator random);
  }

  /**
   * A painted image.
   *
   * @param pixels of the same size as the image
   * @param mask of that size: the pixels that the defects cover
   * @param kind what was painted, such as {@code scratch}; of several, the first
   */
  record Synthetic(Pixels pixels, Mask mask, String kind) {}
}
