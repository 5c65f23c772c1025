/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
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
 * Kaputt, parcels' contents in logistics (Höfer et al., ICCV 2025). Its tables are Parquet files;
 * convert them to CSV once, under the same names:
 *
 * <pre>
 * datasets/query-{train,validation,test}.csv
 *                              defect,defect_types,item_material,query_image,query_crop,query_mask
 * datasets/reference-train.csv reference_image,reference_crop
 * query-image/..., query-crop/..., query-mask/..., reference-image/..., reference-crop/...
 * </pre>
 *
 * The category is the item's material. The masks show items, not defects; whoever wants to read
 * them as anomalib 2.7 does sets {@code masks}.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "kaputt",
    description = "Kaputt: datasets/query-*.csv (converted from Parquet) with its images")
public final class Kaputt implements DatasetReader {

  private static final String REFERENCES = "references";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.choice(
            "images", "image", List.of("image", "crop"), "whole images or crops of items"),
        Setting.flag(
            REFERENCES, false, "also train on the reference images, as category 'reference'"),
        Setting.flag("masks", false, "take the items' masks for the defects'"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String split : List.of("train", "validation", "test")) {
      String list = table(tree, "query-" + split);
      Csv.read(
          tree.root().resolve(list),
          "",
          List.of("query_image"),
          (row, line) -> query(tree, listed, row, list + " line " + line, settings));
    }
    if (settings.flag(REFERENCES)) {
      String list = table(tree, "reference-train");
      String kind = settings.text("images");
      Csv.read(
          tree.root().resolve(list),
          "",
          List.of("reference_" + kind),
          (row, line) ->
              reference(tree, listed, row.text("reference_" + kind), list + " line " + line, kind));
    }
    return listed.dataset("datasets/query-train.csv and query-image/ (Kaputt's layout)");
  }

  private static String table(DatasetFolder tree, String name) {
    String csv = "datasets/" + name + ".csv";
    if (tree.hasFile(csv)) {
      return csv;
    }
    String parquet = "datasets/" + name + ".parquet";
    throw new UniassException(
        tree.hasFile(parquet)
            ? parquet
                + " must be converted to CSV first, for instance with pandas:"
                + " pandas.read_parquet(\""
                + parquet
                + "\").to_csv(\""
                + csv
                + "\", index=False)"
            : "no " + csv + " below " + tree.root() + " (Kaputt's layout)");
  }

  private static void reference(
      DatasetFolder tree, DatasetBuilder listed, String name, String place, String kind) {
    String path = tree.resolve("reference-" + kind + "/" + name, place);
    if (path != null) {
      listed.add(Image.normal(path, "reference", Split.TRAIN));
    }
  }

  private static void query(
      DatasetFolder tree, DatasetBuilder listed, Csv.Row row, String place, Settings settings) {
    String kind = settings.text("images");
    String path = tree.resolve("query-" + kind + "/" + row.text("query_" + kind), place);
    if (path == null) {
      return;
    }
    boolean normal = row.text("defect").toLowerCase(Locale.ROOT).equals("false");
    Split split =
        place.contains("query-train")
            ? Split.TRAIN
            : place.contains("query-validation") ? Split.VALIDATION : Split.TEST;
    List<String> masks = new ArrayList<>();
    if (!normal && settings.flag("masks") && !row.text("query_mask").isEmpty()) {
      masks.add("query-mask/" + row.text("query_mask"));
    }
    String material = row.text("item_material");
    new ListEntry(
            path,
            material.isEmpty() ? "other" : material,
            split,
            normal ? Label.NORMAL : Label.ANOMALOUS,
            row.text("defect_types"),
            tree.resolveAll(masks, place),
            PixelTruth.UNKNOWN,
            place)
        .addTo(listed);
  }
}
