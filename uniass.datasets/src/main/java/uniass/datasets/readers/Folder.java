/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * What somebody has who has just photographed good parts: one product, one folder.
 *
 * <pre>
 * *.png                          normal training images; or, if there is such a folder,
 * train/*.png, train/good/*.png
 * validation/good/*.png          optional: normal images held out
 * test/good/*.png                optional
 * test/DEFECT/NAME.png           optional
 * test/*.png                     optional: not yet judged
 * ground_truth/DEFECT/NAME.png   optional, also NAME_mask.png: not black where the defect is
 * </pre>
 *
 * Folders of other names are read if settings name them, as in anomalib's reader of this name:
 *
 * <pre>
 * reader: {name: folder, normal-folder: good, anomalous-folder: [crack, bad], mask-folder: mask}
 *
 * good/*.png                     normal training images
 * crack/NAME.png                 anomalous test images; the folder's name is the defect's
 * mask/crack/NAME.png            their masks, or mask/NAME.png
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "folder",
    description = "a folder of good images, with or without test/ and ground_truth/")
public final class Folder implements DatasetReader {

  private static final String TRUTH = "ground_truth";
  private static final int SHOWN = 3;
  private static final List<String> OTHERS = List.of("validation", "test", TRUTH);

  /** What people call folders of normal images, beside {@link Image#GOOD}. */
  private static final Set<String> NORMAL = Set.of(Image.GOOD, "normal", "ok", "goods", "pass");

  private static final Set<String> MASKS =
      Set.of("mask", "masks", "label", "labels", TRUTH, "groundtruth", "gt");

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text("category", null, "the product's name; the folder's name if left out"),
        Setting.text("normal-folder", null, "folder of normal training images, below the root"),
        Setting.text("normal-test-folder", null, "folder of normal test images"),
        Setting.texts("anomalous-folder", List.of(), List.of(), "folders of anomalous images"),
        Setting.text("mask-folder", null, "folder of the anomalous images' masks"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    String category = settings.has("category") ? settings.text("category") : name(tree.root());
    DatasetBuilder listed = new DatasetBuilder(tree);
    CategoryFolder folder = new CategoryFolder(tree, "", category, Image.GOOD);
    if (settings.has("normal-folder")) {
      return named(tree, listed, folder, settings);
    }
    refuseHalf(settings);
    if (tree.hasFolder("train")) {
      folder.normal(listed, "train", Split.TRAIN);
      folder.normal(listed, "train/good", Split.TRAIN);
      deeper(tree, "train", List.of(Image.GOOD));
      deeper(tree, "train/good", List.of());
      if (!tree.images("").isEmpty()) {
        tree.problem(
            Problem.warning(
                "", "images beside the folder 'train' are not used; move them into it"));
      }
    } else {
      folder.normal(listed, "", Split.TRAIN);
      if (listed.isEmpty()) {
        suggest(tree);
      }
      deeper(tree, "", OTHERS);
    }
    if (listed.isEmpty()) {
      return listed.dataset("good images in it, in 'train' or in 'train/good'");
    }
    folder.normal(listed, "validation/good", Split.VALIDATION);
    folder.unknown(listed, "test");
    folder.test(listed, "test", TRUTH, "", "_mask");
    return listed.dataset("good images");
  }

  /** Reads folders that settings name. */
  private static Dataset named(
      DatasetFolder tree, DatasetBuilder listed, CategoryFolder folder, Settings settings) {
    folder.normal(listed, existing(tree, settings, "normal-folder"), Split.TRAIN);
    if (settings.has("normal-test-folder")) {
      folder.normal(listed, existing(tree, settings, "normal-test-folder"), Split.TEST);
    }
    String masks = settings.has("mask-folder") ? existing(tree, settings, "mask-folder") : "";
    for (String anomalous : settings.texts("anomalous-folder")) {
      String at = existing(tree, "anomalous-folder", anomalous);
      String kind = at.substring(at.lastIndexOf('/') + 1);
      String own = DatasetFolder.join(masks, tree.spelled(masks, kind));
      String truth = !masks.isEmpty() && tree.hasFolder(own) ? own : masks;
      defects(listed, folder, kind, at, truth);
      for (String deeper : tree.folders(at)) {
        String below = DatasetFolder.join(at, deeper);
        String deeperMasks =
            truth.isEmpty() ? "" : DatasetFolder.join(truth, tree.spelled(truth, deeper));
        defects(listed, folder, deeper, below, deeperMasks);
      }
    }
    return listed.dataset("images in '" + settings.text("normal-folder") + "'");
  }

  private static void defects(
      DatasetBuilder listed, CategoryFolder folder, String kind, String at, String masks) {
    if (masks.isEmpty()) {
      for (String path : folder.tree().paths(at)) {
        listed.add(Image.anomalous(path, folder.category(), kind, List.of()));
      }
      return;
    }
    CategoryFolder.Defect defect = new CategoryFolder.Defect(kind, at, masks, Split.TEST, true);
    folder.defect(listed, defect, "", "_mask");
  }

  private static String existing(DatasetFolder tree, Settings settings, String setting) {
    return existing(tree, setting, settings.text(setting));
  }

  private static String existing(DatasetFolder tree, String setting, String given) {
    String at = given.replace('\\', '/').replaceAll("^\\./|/+$", "");
    if (!tree.hasFolder(at)) {
      throw new UniassException(
          setting + ": there is no folder '" + DatasetFolder.shown(given) + "' in " + tree.root());
    }
    return at;
  }

  private static void refuseHalf(Settings settings) {
    if (!settings.texts("anomalous-folder").isEmpty()
        || settings.has("mask-folder")
        || settings.has("normal-test-folder")) {
      throw new UniassException(
          "reader 'folder': set normal-folder, too; without it folders have fixed names");
    }
  }

  /** Refuses folders of other names, with the settings that would read them. */
  private static void suggest(DatasetFolder tree) {
    List<String> folders =
        tree.folders("").stream().filter(f -> count(tree, f) > 0 && !f.equals("test")).toList();
    String normal =
        folders.stream()
            .filter(f -> NORMAL.contains(f.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElse(null);
    String masks =
        folders.stream()
            .filter(f -> MASKS.contains(f.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElse(null);
    List<String> others =
        folders.stream().filter(f -> !f.equals(normal) && !f.equals(masks)).toList();
    if (normal == null) {
      products(tree, folders);
      return;
    }
    throw new UniassException(
        "no images directly in "
            + tree.root()
            + ", but in its folders; name them: reader: {name: folder, normal-folder: "
            + normal
            + (others.isEmpty() ? "" : ", anomalous-folder: [" + String.join(", ", others) + "]")
            + (masks == null ? "" : ", mask-folder: " + masks)
            + "}");
  }

  /** Refuses a folder of data sets: advice about its images' places would break them. */
  private static void products(DatasetFolder tree, List<String> folders) {
    List<String> products =
        folders.stream().filter(f -> tree.hasFolder(DatasetFolder.join(f, "train"))).toList();
    if (products.isEmpty()) {
      return;
    }
    String some = products.stream().limit(SHOWN).map(DatasetFolder::shown).collect(joining(", "));
    throw new UniassException(
        "no images directly in "
            + tree.root()
            + (products.size() == 1
                ? ", but the folder " + some + " in it has 'train': give that one as dataset.root"
                : ", but the folders "
                    + some
                    + (products.size() > SHOWN ? ", ..." : "")
                    + " in it have 'train' each: set dataset.reader=mvtec-ad, which takes each for"
                    + " a product"));
  }

  /** Warns of images in folders below, where people may expect that they are used. */
  private static void deeper(DatasetFolder tree, String at, List<String> others) {
    for (String folder : tree.folders(at)) {
      String below = DatasetFolder.join(at, folder);
      int images = others.contains(folder) ? 0 : count(tree, below);
      if (images > 0) {
        tree.problem(
            Problem.warning(
                below,
                "a folder with "
                    + images
                    + (images == 1 ? " image that is" : " images that are")
                    + " not used; "
                    + advice(at, folder)));
      }
    }
  }

  private static String advice(String at, String folder) {
    if (NORMAL.contains(folder.toLowerCase(Locale.ROOT))) {
      return "if they are good, move them into "
          + (at.isEmpty() ? "the data set's folder itself" : "'" + at + "' itself");
    }
    return "good images go into "
        + (at.isEmpty() ? "the data set's folder itself" : "'" + at + "' itself")
        + ", defective ones into 'test/"
        + folder
        + "'";
  }

  private static int count(DatasetFolder tree, String at) {
    return tree.images(at).size()
        + tree.folders(at).stream().mapToInt(f -> count(tree, DatasetFolder.join(at, f))).sum();
  }

  private static String name(Path root) {
    return root.getFileName() == null ? "images" : root.getFileName().toString();
  }
}
