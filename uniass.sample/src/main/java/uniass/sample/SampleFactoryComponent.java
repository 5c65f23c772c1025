/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.osgi.service.component.annotations.Component;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.SampleFactory;

/** Draws fabric, metal, wood, boards, caps and capsules. */
@Component
public final class SampleFactoryComponent implements SampleFactory {

  static final List<Product> PRODUCTS =
      List.of(
          new PrintedBoard(),
          new BottleCap(),
          new Capsules(),
          new Fabric(),
          new BrushedMetal(),
          new Wood());

  /** One image to draw. */
  private record Shot(Product product, String split, String defect, int number) {

    String name() {
      return String.format(Locale.ROOT, "%03d", number);
    }

    Path folder(Path root) {
      return root.resolve(product.name()).resolve(split).resolve(defect);
    }

    boolean good() {
      return defect.equals("good");
    }
  }

  @Override
  public void write(Path out, Options options, Progress progress) {
    refuseUnusable(out, options);
    List<Shot> shots = new ArrayList<>();
    PRODUCTS.forEach(product -> plan(product, options, shots));
    AtomicInteger done = new AtomicInteger();
    progress.step("drawing", 0, shots.size());
    // Not takeWhile, which makes an ordered stream work in turn.
    shots.parallelStream()
        .filter(shot -> !progress.canceled())
        .forEach(
            shot -> {
              draw(shot, out, options);
              synchronized (progress) {
                progress.step("drawing", done.incrementAndGet(), shots.size());
              }
            });
  }

  private static void refuseUnusable(Path out, Options options) {
    if (options.size() < 32 || options.size() > 2048) {
      throw new UniassException("size must be 32 to 2048 px, not " + options.size());
    }
    if (options.train() < 1 || options.test() < 5) {
      throw new UniassException("give at least 1 training and 5 test images per category");
    }
    if (!Files.exists(out)) {
      return;
    }
    if (!Files.isDirectory(out)) {
      throw new UniassException(out + " is a file, not a folder; choose another --out");
    }
    try (Stream<Path> entries = Files.list(out)) {
      if (entries.findAny().isPresent()) {
        throw new UniassException(
            "folder " + out + " is not empty; choose another folder, or empty it");
      }
    } catch (IOException e) {
      throw new UniassException("cannot read folder " + out + ": " + e.getMessage(), e);
    }
  }

  /** A third of the test images is good, the defects share the rest. */
  private static void plan(Product product, Options options, List<Shot> shots) {
    for (int i = 0; i < options.train(); i++) {
      shots.add(new Shot(product, "train", "good", i));
    }
    int good = Math.max(1, options.test() / 3);
    for (int i = 0; i < good; i++) {
      shots.add(new Shot(product, "test", "good", i));
    }
    int kinds = product.defects().size();
    for (int i = 0; i < options.test() - good; i++) {
      shots.add(new Shot(product, "test", product.defects().get(i % kinds), i / kinds));
    }
  }

  private static void draw(Shot shot, Path out, Options options) {
    Scene scene = null;
    // A defect can fall outside its object: then another of the same kind is drawn.
    int visible = Math.max(4, options.size() * options.size() / 4000);
    for (int attempt = 0; attempt < 50; attempt++) {
      scene = new Scene(options.size(), random(shot, options.seed(), attempt));
      shot.product.draw(scene, shot.good() ? null : shot.defect);
      if (shot.good() || scene.maskedPixels() >= visible) {
        break;
      }
    }
    scene.light();
    save(scene.shoot(), shot.folder(out), shot.name() + ".png");
    if (!shot.good()) {
      Path masks = out.resolve(shot.product.name()).resolve("ground_truth").resolve(shot.defect);
      save(scene.mask(), masks, shot.name() + "_mask.png");
    }
  }

  private static SplittableRandom random(Shot shot, long seed, int attempt) {
    String key = shot.product.name() + '/' + shot.split + '/' + shot.defect + '/' + shot.name();
    long hash = seed * 0x9E3779B97F4A7C15L + attempt;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return new SplittableRandom(hash);
  }

  private static void save(BufferedImage image, Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      try (var stream = Files.newOutputStream(file)) {
        ImageIO.write(image, "png", stream);
      }
    } catch (IOException e) {
      throw new UniassException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
