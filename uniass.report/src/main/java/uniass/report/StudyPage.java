/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.io.AtomicFile;
import uniass.report.GalleryImage.Reason;
import uniass.report.StudyData.Look;

/**
 * Writes the page of a study: one HTML file that needs no network. All but the comparison of images
 * needs no JavaScript.
 */
public final class StudyPage {

  private static final Gson JSON = new GsonBuilder().create(); // escapes what HTML would read

  private StudyPage() {}

  /**
   * Writes the page.
   *
   * @param out the HTML file; an older one is replaced
   * @throws uniass.api.UniassException if it cannot be written
   */
  public static void write(Path out, StudyData data) {
    AtomicFile.write(out, page(data).getBytes(StandardCharsets.UTF_8));
  }

  static String page(StudyData data) {
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
    ReportWriter.head(html, data.title(), List.of("report.css", "study.css"));
    html.open("body");
    html.open("header").leaf("h1", data.title());
    html.leaf("p", "Study, UniAS on OSGi", "class", "small");
    html.open("nav", "aria-label", "Sections").leaf("a", "Differences", "href", "#differences");
    html.leaf("a", "Quality and cost", "href", "#cost");
    html.leaf("a", "Categories", "href", "#categories").leaf("a", "Training", "href", "#training");
    html.leaf("a", "Images", "href", "#images").close().close();
    html.open("main");
    new StudyTables(data).write(html);
    new StudyCharts(data).write(html);
    looks(html, data);
    html.close();
    html.open("script", "type", "application/json", "id", "looks")
        .raw(JSON.toJson(images(data)))
        .close();
    html.open("script").raw(Resources.text("study.js")).close();
    return html.close().close().toString();
  }

  private static void looks(Html html, StudyData data) {
    html.leaf("h2", "The same image under two variants", "id", "images");
    if (data.looks().isEmpty()) {
      html.leaf("p", "There is none yet.");
      return;
    }
    html.open("div", "class", "js-only");
    html.open("p", "class", "choices").open("label").text("Image ");
    html.open("select", "id", "look").close().close();
    html.open("label").text("Left ").open("select", "id", "left").close().close();
    html.open("label").text("Right ").open("select", "id", "right").close().close().close();
    html.open("div", "class", "split", "id", "split");
    html.single("img", "alt", "the right variant's anomaly map", "id", "under");
    html.single("img", "alt", "the left variant's anomaly map", "id", "over");
    html.close();
    html.single(
        "input",
        "type",
        "range",
        "id",
        "slider",
        "min",
        "0",
        "max",
        "100",
        "value",
        "50",
        "aria-label",
        "where the left variant ends");
    html.leaf(
        "p",
        "Bluish outline: ground truth. Each map has its own color scale; models of the first seed.",
        "class",
        "small");
    html.close();
  }

  private static List<Map<String, Object>> images(StudyData data) {
    List<Map<String, Object>> images = new ArrayList<>();
    for (Look look : data.looks()) {
      Map<String, String> maps = new LinkedHashMap<>();
      look.maps()
          .forEach(
              (variant, map) -> {
                GalleryImage shown =
                    new GalleryImage(
                        Reason.BEST,
                        look.image(),
                        look.pixels(),
                        map,
                        look.mask(),
                        map.max(),
                        Double.NaN);
                Scale scale = Scale.of(List.of(map), Double.NaN);
                maps.put(variant, EncodedImage.jpeg(MapImages.overlay(shown, scale, Double.NaN)));
              });
      Map<String, Object> image = new LinkedHashMap<>();
      image.put("name", look.image().path());
      image.put("maps", maps);
      images.add(image);
    }
    return images;
  }
}
