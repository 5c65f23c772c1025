package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.Problem;
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
 * *.png                          good images to learn from; or, where there is such a folder,
 * train/*.png, train/good/*.png
 * validation/good/*.png          optional: good images held out
 * test/good/*.png                optional
 * test/DEFECT/NAME.png           optional
 * test/*.png                     optional: not yet judged
 * ground_truth/DEFECT/NAME.png   optional, also NAME_mask.png: not black where the defect is
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "folder",
    description = "a folder of good images, with or without test/ and ground_truth/")
public final class Folder implements DatasetReader {

  private static final List<String> OTHERS = List.of("validation", "test", "ground_truth");

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text("category", null, "the product's name; the folder's name if left out"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    Tree tree = Tree.open(root);
    String category = settings.has("category") ? settings.text("category") : name(tree.root());
    Listed listed = new Listed(tree);
    CategoryFolder folder = new CategoryFolder(tree, "", category, Image.GOOD);
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
      deeper(tree, "", OTHERS);
    }
    if (listed.isEmpty()) {
      return listed.dataset("good images in it, in 'train' or in 'train/good'");
    }
    folder.normal(listed, "validation/good", Split.VALIDATION);
    folder.unknown(listed, "test");
    folder.test(listed, "test", "ground_truth", "", "_mask");
    return listed.dataset("good images");
  }

  /** Warns of images in folders below, where people may expect that they are used. */
  private static void deeper(Tree tree, String at, List<String> others) {
    for (String folder : tree.folders(at)) {
      String below = Tree.join(at, folder);
      int images = others.contains(folder) ? 0 : count(tree, below);
      if (images > 0) {
        tree.problem(
            Problem.warning(
                below,
                "a folder with "
                    + images
                    + (images == 1 ? " image that is" : " images that are")
                    + " not used; good images go into "
                    + (at.isEmpty() ? "the data set's folder itself" : "'" + at + "' itself")));
      }
    }
  }

  private static int count(Tree tree, String at) {
    return tree.images(at).size()
        + tree.folders(at).stream().mapToInt(f -> count(tree, Tree.join(at, f))).sum();
  }

  private static String name(Path root) {
    return root.getFileName() == null ? "images" : root.getFileName().toString();
  }
}
