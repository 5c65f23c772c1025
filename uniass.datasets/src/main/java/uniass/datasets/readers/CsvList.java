/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * A table of images, one per row:
 *
 * <pre>
 * path,category,split,label,defect,mask
 * img/0001.png,cap,train,normal,,
 * img/0002.png,cap,test,anomalous,dent,masks/0002.png;masks/0002b.png
 * </pre>
 *
 * Only {@code path} is required. Without {@code split} normal images are trained on and others
 * tested; without {@code label} an image is anomalous if it has a mask or a defect other than
 * {@code good}, normal if it is to be trained on, and unknown otherwise.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "csv", description = "a table with path, category, split, label, defect, mask")
public final class CsvList implements DatasetReader {

  private static final String LIST = "images.csv";
  private static final String FORMER_LIST = "pictures.csv";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text("list", LIST, "the table, relative to the root"),
        Setting.text("delimiter", null, "what separates columns; found in the header if left out"),
        Setting.text("category", "images", "category of rows without one"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    String name = list(tree, settings.text("list"));
    String delimiter = settings.has("delimiter") ? settings.text("delimiter") : "";
    if (settings.has("delimiter") && delimiter.length() != 1) {
      throw new UniassException("delimiter: one character is needed, not '" + delimiter + "'");
    }
    Csv.read(
        TextList.file(tree.root(), name),
        delimiter,
        List.of("path", "filename", "image"),
        (row, line) -> row(tree, listed, row, name + " line " + line, settings.text("category")));
    return listed.dataset("a table with a column 'path' whose files exist");
  }

  /** The table; data sets made when the default had another name still read. */
  private static String list(DatasetFolder tree, String name) {
    boolean former = name.equals(LIST) && !tree.hasFile(LIST) && tree.hasFile(FORMER_LIST);
    return former ? FORMER_LIST : name;
  }

  private static void row(
      DatasetFolder tree, DatasetBuilder listed, Csv.Row row, String place, String otherwise) {
    String path = tree.resolve(row.text("path", "filename", "image"), place);
    if (path == null) {
      return;
    }
    String category = row.text("category", "clsname", "object");
    String defect = row.text("defect");
    String masks = row.text("mask", "maskname");
    Split split = split(tree, row.text("split"), place);
    Label label = label(tree, row.text("label"), place);
    if (label == null) {
      boolean marked = !masks.isEmpty() || !(defect.isEmpty() || defect.equals(Image.GOOD));
      label =
          marked
              ? Label.ANOMALOUS
              : split == Split.TRAIN || defect.equals(Image.GOOD) ? Label.NORMAL : Label.UNKNOWN;
    }
    if (split == null) {
      split = label == Label.NORMAL ? Split.TRAIN : Split.TEST;
    }
    new ListEntry(
            path,
            category.isEmpty() ? otherwise : category,
            split,
            label,
            defect,
            label == Label.NORMAL ? List.of() : tree.resolveAll(List.of(masks.split(";")), place),
            PixelTruth.UNKNOWN,
            place)
        .addTo(listed);
  }

  private static Split split(DatasetFolder tree, String word, String place) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "train" -> Split.TRAIN;
      case "validation", "valid", "val" -> Split.VALIDATION;
      case "test" -> Split.TEST;
      default -> {
        tree.problem(
            Problem.error(
                place,
                "the split '" + DatasetFolder.shown(word) + "' is not train, validation or test"));
        yield Split.TEST;
      }
    };
  }

  private static Label label(DatasetFolder tree, String word, String place) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "normal", "good", "ok", "0" -> Label.NORMAL;
      case "anomalous", "anomaly", "defective", "bad", "ng", "1" -> Label.ANOMALOUS;
      case "unknown" -> Label.UNKNOWN;
      default -> {
        tree.problem(
            Problem.error(
                place,
                "the label '"
                    + DatasetFolder.shown(word)
                    + "' is not normal, anomalous or unknown"));
        yield Label.UNKNOWN;
      }
    };
  }
}
