package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.Problem;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * KolektorSDD2 (Bozic et al., Computers in Industry 2021), made for supervised learning: an image
 * is defective if its mask is not black.
 *
 * <pre>
 * train/10000.png, train/10000_GT.png
 * test/20000.png, test/20000_GT.png
 * </pre>
 *
 * The training part's defective images cannot be learned from: they are left out, or tested on.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "kolektor-sdd2",
    description = "KolektorSDD2: {train,test}/N.png with N_GT.png")
public final class KolektorSdd2 implements DatasetReader {

  private static final String CATEGORY = "kolektor2";

  @Override
  public List<Setting> settings() {
    return List.of(SupervisedPart.SETTING);
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    Tree tree = Tree.open(root);
    Listed listed = new Listed(tree);
    part(tree, "train", new SupervisedPart(listed, CATEGORY, Split.TRAIN, settings));
    part(tree, "test", new SupervisedPart(listed, CATEGORY, Split.TEST, settings));
    return listed.dataset("train/N.png and train/N_GT.png (KolektorSDD2's layout)");
  }

  private static void part(Tree tree, String at, SupervisedPart part) {
    MaskProbe probe = new MaskProbe(tree);
    for (String name : tree.images(at)) {
      String path = Tree.join(at, name);
      if (Tree.stem(name).endsWith("_GT")) {
        continue;
      }
      String mask = Tree.join(at, Tree.stem(name) + "_GT.png");
      if (!tree.hasFile(mask)) {
        tree.problem(Problem.error(path, "its mask " + mask + " is missing; left out"));
      } else if (!probe.isMarked(mask)) {
        part.normal(path);
      } else {
        part.defective(path, mask);
      }
    }
    part.end(at);
  }
}
