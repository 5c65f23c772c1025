/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.metric.Threshold;

class ReportWriterTest {

  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)((?: [^<>]*)?)>");
  private static final Set<String> EMPTY = Set.of("meta", "img");
  private static final Pattern SCRIPT = Pattern.compile("(?s)<(script|style)[^>]*>.*?</\\1>");

  @TempDir Path folder;

  private static String page;

  @BeforeAll
  static void write() {
    page = new ReportWriter().page(ReportExample.create());
  }

  /** The page without programs and styles. */
  private String markup() {
    return SCRIPT.matcher(page).replaceAll("");
  }

  /** Writes a report in a process of its own. */
  public static final class Alone {
    public static void main(String[] arguments) {
      new ReportWriter().write(Path.of(arguments[0]), ReportExample.create());
    }
  }

  @Test
  void needsNoDisplay() throws Exception {
    Path file = folder.resolve("report.html");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Alone.class.getName(),
            file.toString());
    builder.environment().put("DISPLAY", ":99"); // no server answers there
    assertEquals(0, builder.inheritIO().start().waitFor());
    assertTrue(Files.size(file) > 100_000);
  }

  @Test
  void isWellFormed() {
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(markup());
    int count = 0;
    while (tags.find()) {
      String tag = tags.group(2);
      if (tags.group(1).isEmpty()) {
        count++;
        if (!EMPTY.contains(tag)) {
          open.push(tag);
        }
      } else {
        assertEquals(open.pop(), tag, "at " + tags.start());
      }
    }
    assertTrue(open.isEmpty(), open.toString());
    assertTrue(count > 1000, "only " + count + " elements");
  }

  @Test
  void hasEveryAnchorThatALinkNames() {
    Set<String> ids = new HashSet<>();
    Matcher id = Pattern.compile("<[^<>]* id=\"([^\"]+)\"").matcher(page);
    while (id.find()) {
      assertTrue(ids.add(id.group(1)), id.group(1) + " is there twice");
    }
    Matcher link = Pattern.compile(" href=\"#([^\"]+)\"").matcher(markup());
    while (link.find()) {
      assertTrue(ids.contains(link.group(1)), link.group(1));
    }
  }

  @Test
  void reachesForNothingOutsideTheFile() {
    Matcher reference =
        Pattern.compile(" (?:src|href|action|data|poster|srcset)=\"([^\"]*)\"").matcher(markup());
    while (reference.find()) {
      String target = reference.group(1);
      assertTrue(target.startsWith("#") || target.startsWith("data:image/"), target);
    }
    assertFalse(page.contains("@import"), "styles import nothing");
    assertFalse(Pattern.compile("url\\((?!data:)").matcher(page).find(), "styles load nothing");
    assertTrue(page.contains("default-src &#39;none&#39;"));
  }

  @Test
  void escapesWhatComesFromOutside() {
    assertTrue(page.contains("<title>demo &amp; &lt;b&gt;friends&lt;/b&gt;"));
    assertFalse(page.contains("<script>alert"));
    assertFalse(page.contains("<img src=http"));
    assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    assertFalse(json().toString().isEmpty());
  }

  @Test
  void showsEachImageUnderASecondModel() {
    int images = count("<figure class=\"card\">");
    assertEquals(images, count("<span>heat map, &lt;second&gt;.safetensors</span>"));
    assertEquals(images, count("<span>overlay, &lt;second&gt;.safetensors</span>"));
    assertTrue(
        markup()
            .contains(
                ", &lt;second&gt;.safetensors: score " + Numbers.score(0.45) + " (anomalous)"));
    assertTrue(
        markup()
            .contains(", &lt;second&gt;.safetensors: score " + Numbers.score(0.035) + " (normal)"));
  }

  private int count(String text) {
    return markup().split(Pattern.quote(text), -1).length - 1;
  }

  @Test
  void callsWhatIsNotDefinedSo() {
    assertTrue(markup().contains("<td class=\"undefined\">not defined</td>"));
    assertFalse(Pattern.compile(">[^<]*NaN").matcher(markup()).find());
    assertTrue(markup().contains("over 6 of 7"));
  }

  @Test
  void namesTheWeakestAndTheMistakesFirst() {
    String summary = markup().substring(markup().indexOf("id=\"summary\""));
    summary = summary.substring(0, summary.indexOf("</section>"));
    assertTrue(summary.contains("Weakest category: wood (pixel-ap 0.350"), summary);
    assertTrue(summary.contains("Clearest mistakes"));
    assertTrue(
        Pattern.compile("[0-9]+ of [0-9]+ anomalous images are missed").matcher(summary).find());
    assertTrue(markup().indexOf("<h3>wood") < markup().indexOf("<h3>bottle_caps"));
  }

  @Test
  void givesTheChartsTheirNumbers() {
    JsonObject numbers = json();
    assertEquals(4, numbers.getAsJsonArray("curves").size());
    JsonObject curve = numbers.getAsJsonArray("curves").get(0).getAsJsonObject();
    assertEquals("pixel-pr", curve.get("name").getAsString());
    assertEquals(
        curve.getAsJsonArray("x").size(),
        curve.getAsJsonObject("lines").getAsJsonArray("wood").size());
    assertEquals(7, numbers.getAsJsonObject("histograms").size());
    assertEquals(
        30,
        numbers.getAsJsonObject("training").getAsJsonObject("lines").getAsJsonArray("loss").size());
  }

  private JsonObject json() {
    Matcher data =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"numbers\">(.*?)</script>")
            .matcher(page);
    assertTrue(data.find());
    return JsonParser.parseString(data.group(1)).getAsJsonObject();
  }

  @Test
  void showsImageMaskMapAndOverlay() {
    String markup = markup();
    for (String what : List.of("image", "mask", "heat map", "overlay")) {
      assertTrue(markup.contains("alt=\"" + what + " of wood/test/scratch/WORST0.png\""), what);
    }
    assertTrue(markup.contains("no defect"));
    assertTrue(markup.contains("name: demo"));
    assertTrue(markup.contains("6 min 52 s"));
    assertTrue(markup.contains("untrained (mean)"));
  }

  @Test
  void showsBothWaysOfJudgingAndWhatSupportsEachThreshold() {
    Threshold wood = new Threshold(0.05, 0.01, 0.95, 48, 0, 0.0605, false, 299);
    Threshold all = new Threshold(0.9, 0.01, 0.95, 336, 0, 0.00888, true, 299);
    String judged =
        new ReportWriter()
            .page(ReportExample.judgedBy(Map.of("wood", wood, "*", all), "held-out images"));
    String own = table(judged, "Each category with its own threshold");
    String common = table(judged, "All with the common threshold");
    assertTrue(row(own, "wood").contains(">0.05000<"), row(own, "wood"));
    assertTrue(row(own, "wood").contains(">48<"), row(own, "wood"));
    assertTrue(row(own, "wood").contains("6.05 %"), row(own, "wood"));
    assertTrue(row(own, "wood").contains("1 % needs 299"), row(own, "wood"));
    assertTrue(row(common, "wood").contains(">0.9000<"), row(common, "wood"));
    assertTrue(row(common, "wood").contains(">336<"), row(common, "wood"));
    assertTrue(row(common, "wood").contains("0.888 %"), row(common, "wood"));
    assertFalse(row(common, "wood").contains("needs"), row(common, "wood"));
    assertTrue(judged.contains("kept with 95 % confidence on"));
    assertTrue(judged.contains("With the common one (predict without --category): "));
    assertTrue(judged.contains("with the common threshold missed"));
  }

  private static String table(String page, String heading) {
    int from = page.indexOf("<h4>" + heading);
    assertTrue(from >= 0, heading);
    return page.substring(from, page.indexOf("</table>", from));
  }

  private static String row(String table, String category) {
    int from = table.indexOf(">" + category + "<");
    return table.substring(from, table.indexOf("</tr>", from));
  }

  @Test
  void explainsTheProtocolInWords() {
    assertTrue(markup().contains("at the highest precision + recall, one per category"));
    assertTrue(markup().contains("the map&#39;s largest value"));
    assertFalse(markup().contains("precision recall sum"));
  }

  @Test
  void isTheSameEveryTime() {
    assertEquals(page, new ReportWriter().page(ReportExample.create()));
  }

  @Test
  void writesTheFileOrSaysWhyNot() throws IOException {
    Path file = folder.resolve("report.html");
    new ReportWriter().write(file, ReportExample.create());
    assertEquals(page, Files.readString(file));
    Path lost = folder.resolve("nowhere/report.html");
    UniassException e =
        assertThrows(
            UniassException.class, () -> new ReportWriter().write(lost, ReportExample.create()));
    assertEquals(lost + ": cannot be written: there is no such file or folder", e.getMessage());
  }
}
