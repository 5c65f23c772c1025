/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.util.List;
import uniass.api.Problem;
import uniass.api.data.Image;
import uniass.api.data.Split;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * The training or test part of a data set that was made for supervised learning. Defective images
 * of the training part cannot be trained on: they are left out, or tested on.
 */
final class SupervisedSplit {

  /** What becomes of the training part's defective images. */
  static final Setting SETTING =
      Setting.choice(
          "defective-train",
          "skip",
          List.of("skip", "test"),
          "what becomes of the training part's defective images");

  private final DatasetBuilder listed;
  private final String category;
  private final Split split;
  private final boolean kept;
  private int skipped;

  SupervisedSplit(DatasetBuilder listed, String category, Split split, Settings settings) {
    this.listed = listed;
    this.category = category;
    this.split = split;
    this.kept = split == Split.TEST || settings.text(SETTING.name()).equals("test");
  }

  void normal(String path) {
    listed.add(Image.normal(path, category, split));
  }

  void defective(String path, String mask) {
    defective(path, "defect", List.of(mask));
  }

  void defective(String path, String kind, List<String> masks) {
    if (kept) {
      listed.add(Image.anomalous(path, category, kind, masks));
    } else {
      skipped++;
    }
  }

  /** Notes how many images of the folder were left out. */
  void end(String folder) {
    if (skipped > 0) {
      listed.problem(
          Problem.warning(
              folder,
              skipped
                  + " defective training images are left out; 'defective-train: test' tests on them"));
    }
  }
}
