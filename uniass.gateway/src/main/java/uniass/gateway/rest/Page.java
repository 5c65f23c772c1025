/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files of the page. There are no others: a request's path never becomes a file's. */
final class Page {

  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, Item> items =
      Map.of(
          "/", item("text/html; charset=utf-8", "page.html"),
          "/icon.svg", item("image/svg+xml", "icon.svg"),
          "/page.js", item(SCRIPT, "page.js"),
          "/models.js", item(SCRIPT, "models.js"),
          "/scores.js", item(SCRIPT, "scores.js"),
          "/page.css", item(STYLE, "page.css"),
          "/chart.js", item(SCRIPT, CHARTS + "uPlot.iife.min.js"),
          "/chart.css", item(STYLE, CHARTS + "uPlot.min.css"));

  /** A file and its media type. */
  record Item(String type, byte[] content) {}

  private static Item item(String type, String resource) {
    try (InputStream in = Page.class.getResourceAsStream(resource)) {
      return new Item(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Item> find(String path) {
    return Optional.ofNullable(items.get(path));
  }
}
