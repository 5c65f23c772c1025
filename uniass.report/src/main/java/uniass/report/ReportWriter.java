/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import uniass.io.AtomicFile;

/**
 * Writes reports: one HTML file that needs no network, with everything in it. Tables and images
 * need no JavaScript; sorting and charts do.
 */
public final class ReportWriter {

  /** Nothing but what is in the file may be shown or run. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  /** The chart library, which the build puts where its jar has it. */
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  static {
    // Images are computed, never shown: a display that does not answer must not matter.
    System.getProperties().putIfAbsent("java.awt.headless", "true");
  }

  /**
   * Writes a report.
   *
   * @param out the HTML file; an older one is replaced
   * @throws uniass.api.UniassException if it cannot be written
   */
  public void write(Path out, ReportData data) {
    AtomicFile.write(out, page(data).getBytes(StandardCharsets.UTF_8));
  }

  String page(ReportData data) {
    Ranking ranking = new Ranking(data.scores());
    Verdicts verdicts = new Verdicts(data.scores(), data.thresholds());
    ChartSection charts = new ChartSection(data, ranking, verdicts);
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
    head(html, data.title(), List.of(CHARTS + "uPlot.min.css", "report.css"));
    html.open("body");
    html.open("header").leaf("h1", data.title());
    html.leaf("p", "Evaluation report, UniAS on OSGi", "class", "small");
    navigation(html, data);
    html.close().open("main");
    new SummarySection(data, ranking, verdicts).write(html);
    new TableSection(data, ranking, verdicts).write(html);
    charts.write(html);
    new GallerySection(data, ranking, verdicts).write(html);
    new AboutSection(data).write(html);
    html.close();
    html.open("script", "type", "application/json", "id", "numbers").raw(charts.json()).close();
    html.open("script").raw(Resources.text(CHARTS + "uPlot.iife.min.js")).close();
    html.open("script").raw(Resources.text("report.js")).close();
    return html.close().close().toString();
  }

  /** Writes the head of a page. */
  static void head(Html html, String title, List<String> styles) {
    html.open("head").single("meta", "charset", "utf-8");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.leaf("title", title + " \u2013 UniAS report");
    html.open("style");
    styles.forEach(style -> html.raw(Resources.text(style)));
    html.close().close();
  }

  private static void navigation(Html html, ReportData data) {
    html.open("nav", "aria-label", "Sections");
    html.leaf("a", "Summary", "href", "#summary").leaf("a", "Metrics", "href", "#metrics");
    html.leaf("a", "Curves", "href", "#curves").leaf("a", "Images", "href", "#images");
    if (!data.samples().isEmpty()) {
      html.leaf("a", "Data set", "href", "#data");
    }
    html.leaf("a", "Protocol and run", "href", "#about").close();
  }
}
