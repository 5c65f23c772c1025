/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.data.AnomalyMap;
import uniass.inference.testing.TinyDataset;
import uniass.io.FolderLock;
import uniass.io.Npy;

/** The commands as users type them, over one small trained model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {

  static final String TINY =
      """
      name: tiny
      dataset: { root: data, image-size: 32 }
      model:
        backbone: { name: efficientnet-lite0, weights: random }
        hidden: 32
        pixel-decoder: { name: transformer-fpn, layers: 1, ffn: 32 }
        attention: { name: spatial-channel, ffn: 32, neighbour-mask: 1 }
      train: { epochs: 2, batch: 4, learning-rate: 1e-3, validate-every: 0 }
      calibrate: { false-alarm-rate: 0.2 }
      """;

  private Path folder;

  private final Console console = new Console();

  @BeforeAll
  void train(@TempDir Path shared) throws IOException {
    folder = shared;
    TinyDataset.write(folder.resolve("data"), 5, 3, 32);
    Files.writeString(folder.resolve("tiny.yaml"), TINY);
    assertEquals(0, run("train", path("tiny.yaml"), "--out", path("run")), err());
  }

  private int run(String... arguments) {
    return console.run(arguments);
  }

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  private String out() {
    return console.out();
  }

  private String err() {
    return console.err();
  }

  private JsonObject json() {
    return console.json();
  }

  @Test
  void listShowsPluginsByType() {
    assertEquals(0, run("list", "gated-cnn"));
    assertTrue(out().contains("mgg-cnn") && out().contains("uniass.model"), out());
    assertEquals(0, run("list", "--json"));
    assertTrue(json().getAsJsonArray("plugins").size() > 30);
  }

  @Test
  void aMistypedNameIsRefusedWithTheNearestOne() {
    assertEquals(2, run("list", "gated-cn"));
    assertTrue(err().contains("did you mean 'gated-cnn'?"), err());
    assertEquals(1, run("check", path("tiny.yaml"), "--set", "model.gated-cnn=mgg"));
    assertTrue(err().contains("did you mean 'mgg-cnn'?"), err());
    assertEquals(1, run("check", path("tiny.yaml"), "--set", "evaluate.metrics=auroc"));
    assertTrue(err().contains("did you mean 'image-auroc'?"), err());
  }

  @Test
  void aPluginOfAnotherTypeIsNamedWithItsType() {
    assertEquals(1, run("check", path("tiny.yaml"), "--set", "model.gated-cnn=cosine"));
    assertTrue(err().contains("'cosine' of uniass.model has the type 'loss'"), err());
  }

  @Test
  void wrongUsageIsTwo() {
    assertEquals(2, run());
    assertEquals(2, run("train"));
    assertEquals(2, run("trian"));
    assertTrue(err().startsWith("unknown command 'trian' (did you mean 'train'?)"), err());
    assertEquals(2, run("train", "x.yaml", "--bogus"));
    assertTrue(err().contains("'uniass help train' shows the options"), err());
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    assertEquals(0, run("--version"));
    assertEquals(0, run("--help"));
    assertTrue(out().contains("Usage: uniass"), out());
    for (String command : console.commands().commands()) {
      if (!command.equals("help")) {
        assertEquals(0, run("help", command));
        assertTrue(out().contains("Example: uniass " + command), out());
        assertEquals(0, run(command, "--help"));
      }
    }
  }

  /** Not only exceptions: the desktop's classes, for one, fail with errors. */
  @Test
  void anErrorIsOneLineToo() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream broken =
        new PrintStream(new ByteArrayOutputStream()) {
          @Override
          public void print(String text) {
            throw new java.awt.AWTError("no display");
          }
        };
    assertEquals(
        1, console.commands().run(List.of("list"), broken, new PrintStream(err, true, UTF_8)));
    assertEquals(
        "unexpected error (java.awt.AWTError: no display); --debug shows where; please report it",
        err.toString(UTF_8).strip());
  }

  @Test
  void helpExplainsSettingsAndPlugins() {
    assertEquals(0, run("help", "experiment"), err());
    assertTrue(out().contains("train.checkpoint-every") && out().contains("dataset.root"), out());
    assertEquals(0, run("help", "train.schedule"), err());
    assertTrue(out().contains("train.schedule.warm-up"), out());
    assertFalse(out().contains("train.epochs"), out());
    assertEquals(0, run("help", "spatial-channel"), err());
    assertTrue(out().contains("heads") && out().contains("attention 'spatial-channel'"), out());
    assertEquals(0, run("help", "train.epochs", "--json"), err());
    assertEquals(
        "1000",
        json()
            .getAsJsonArray("settings")
            .get(0)
            .getAsJsonObject()
            .get("defaultValue")
            .getAsString());
    assertEquals(2, run("help", "train.epoch"));
    assertTrue(err().contains("did you mean 'train.epochs'?"), err());
  }

  @Test
  void theShellCompletesEveryOption() throws IOException {
    String profile = Files.readString(Path.of("../uniass.app/etc/gosh_profile"));
    for (String command : console.commands().commands()) {
      assertEquals(0, run("help", command));
      Matcher option = Pattern.compile("--([a-z-]+)").matcher(out());
      while (option.find()) {
        String completion = "complete -c uniass:" + command + " -l " + option.group(1) + " ";
        assertTrue(
            Set.of("help", "json", "debug").contains(option.group(1))
                || profile.contains(completion),
            completion);
      }
    }
  }

  /** Counts of the report's tables and of {@code predict} over the same images. */
  @Test
  void theReportsVerdictsAreThoseOfPredict() throws IOException {
    String model = path("run/model.safetensors");
    assertEquals(
        0, run("evaluate", path("tiny.yaml"), "--model", model, "--out", path("verdicts")), err());
    String report = Files.readString(folder.resolve("verdicts/report.html"));
    List<String> rows = new ArrayList<>();
    for (String category : List.of("dots", "lines")) {
      String own = verdicts(report, "Each category with its own threshold", category);
      String common = verdicts(report, "All with the common threshold", category);
      assertEquals(own, predicted(model, category, "--category", category));
      assertEquals(common, predicted(model, category));
      rows.addAll(List.of(own, common));
    }
    assertTrue(rows.stream().distinct().count() > 1, "the case tells the ways apart: " + rows);
  }

  /** Caught, missed, false alarms, passed, and the threshold, rounded as the report does. */
  private static String verdicts(String report, String heading, String category) {
    String table = report.substring(report.indexOf("<h4>" + heading));
    Matcher row =
        Pattern.compile(">" + category + "</th>\\s*((?:<td[^>]*>[^<]*</td>\\s*){5})")
            .matcher(table);
    assertTrue(row.find(), heading);
    return row.group(1).replaceAll("<[^>]*>", " ").strip().replaceAll("\\s+", " ");
  }

  private String predicted(String model, String category, String... options) {
    List<String> words = new ArrayList<>(List.of("predict", "--model", model));
    words.addAll(List.of(path("data/" + category + "/test"), "--out", path("predicted"), "--json"));
    words.addAll(Arrays.asList(options));
    assertEquals(0, run(words.toArray(String[]::new)), err());
    int[] counts = new int[4];
    double threshold = 0;
    for (var one : json().getAsJsonArray("predictions")) {
      JsonObject prediction = one.getAsJsonObject();
      boolean defect = prediction.get("image").getAsString().contains("spot");
      boolean found = prediction.get("verdict").getAsString().equals("anomalous");
      counts[(defect ? 0 : 2) + (found == defect ? defect ? 0 : 1 : defect ? 1 : 0)]++;
      threshold = prediction.get("threshold").getAsDouble();
    }
    return String.format(
        Locale.ROOT, "%d %d %d %d %.4g", counts[0], counts[1], counts[2], counts[3], threshold);
  }

  @Test
  void theReportTellsHowLongEachStageTook() throws IOException {
    assertEquals(
        0,
        run(
            "evaluate",
            path("tiny.yaml"),
            "--model",
            path("run/model.safetensors"),
            "--out",
            path("stages"),
            "--baselines"),
        err());
    String report = Files.readString(folder.resolve("stages/report.html"));
    for (String stage :
        List.of("model, network and metrics", "baselines", "images of the report", "in all")) {
      assertTrue(report.contains("<dt>" + stage + "</dt>"), stage);
    }
    assertTrue(report.contains("<dd>2 epochs, 6 steps</dd>"));
    String took = "<dt>training of the model, without pauses</dt>";
    assertTrue(report.contains(took));
    assertTrue(report.contains("32 x 32, resized bilinear with antialiasing"));
    assertFalse(report.contains("PIL_BILINEAR"));

    // without the files of its run, nobody knows how long a model's training took
    Files.createDirectories(folder.resolve("moved"));
    Files.copy(folder.resolve("run/model.safetensors"), folder.resolve("moved/m.safetensors"));
    assertEquals(
        0, run("evaluate", path("tiny.yaml"), "--model", path("moved/m.safetensors")), err());
    report = Files.readString(folder.resolve("moved/report.html"));
    assertTrue(report.contains("<dd>2 epochs, 6 steps</dd>") && !report.contains(took));
  }

  @Test
  void checkCountsAndFindsWhatIsWrong() throws IOException {
    assertEquals(0, run("check", path("tiny.yaml")), out() + err());
    assertTrue(out().contains("dots"), out());
    assertTrue(out().contains("parameters, 0.0"), out());
    assertTrue(out().contains(" GMAC per image" + System.lineSeparator()), out());
    Path data = TinyDataset.write(folder.resolve("broken"), 2, 1, 32);
    Files.write(data.resolve("dots/train/good/000.png"), new byte[0]);
    assertEquals(
        1, run("check", path("tiny.yaml"), "--set", "dataset.root=" + data, "--json"), err());
    assertTrue(out().contains("dots/train/good/000.png"), out());
    assertEquals(
        2, json().getAsJsonObject("counts").getAsJsonObject("lines").get("train").getAsInt());
    assertTrue(json().getAsJsonObject("network").get("multiplications").getAsLong() > 0, out());
  }

  @Test
  void evaluateWritesTablesMapsAndReport() throws IOException {
    assertEquals(
        0,
        run(
            "evaluate",
            path("tiny.yaml"),
            "--model",
            path("run/model.safetensors"),
            "--out",
            path("figures"),
            "--maps",
            "--baselines",
            "--json"),
        err());
    JsonObject result = json();
    assertTrue(result.getAsJsonObject("mean").has("pixel-ap"));
    assertTrue(result.getAsJsonObject("baselines").has("untrained"));
    assertTrue(result.getAsJsonObject("baselines").has("mean-picture"));
    assertTrue(
        result
                .getAsJsonObject("baselines")
                .getAsJsonObject("memory-bank")
                .get("pixel-ap")
                .getAsDouble()
            > 0);
    for (String file : List.of("metrics.csv", "metrics-wide.csv", "metrics.json", "report.html")) {
      assertTrue(Files.size(folder.resolve("figures").resolve(file)) > 0, file);
    }
    assertTrue(Files.readString(folder.resolve("figures/report.html")).contains("mean-picture"));

    // the same figures come from the maps alone
    assertEquals(
        0,
        run(
            "score",
            "--maps",
            path("figures/maps"),
            "--dataset",
            "mvtec-ad",
            "--root",
            path("data"),
            "--out",
            path("scores.csv"),
            "--json"),
        err());
    assertTrue(Files.readAllLines(folder.resolve("scores.csv")).get(0).contains("category"));
    JsonObject scored = json().getAsJsonArray("scores").get(0).getAsJsonObject();
    assertEquals(result.getAsJsonObject("mean"), scored.getAsJsonObject("mean"));
  }

  @Test
  void theMasksThresholdIsTheExperimentsAndIsNamed() throws IOException {
    // the masks' only values are 0 and 255
    String[] evaluate = {
      "evaluate",
      path("tiny.yaml"),
      "--model",
      path("run/model.safetensors"),
      "--out",
      path("half"),
      "--maps",
      "--set",
      "dataset.mask-threshold=127"
    };
    assertEquals(0, run(evaluate), err());
    String figures = Files.readString(folder.resolve("half/metrics.json"));
    assertTrue(figures.replace(" ", "").contains("\"mask-threshold\":127"), figures);
    String report = Files.readString(folder.resolve("half/report.html"));
    assertTrue(report.contains("mask value above 127"));
    String[] score = {
      "score",
      "--maps",
      path("half/maps"),
      "--dataset",
      "mvtec-ad",
      "--root",
      path("data"),
      "--out",
      path("half.json"),
      "--mask-threshold",
      "127"
    };
    assertEquals(0, run(score), err());
    String again = Files.readString(folder.resolve("half.json"));
    assertTrue(again.replace(" ", "").contains("\"mask-threshold\":127"), again);
  }

  @Test
  void predictGivesTheMapsOfEvaluateWithVerdicts() throws IOException {
    String model = path("run/model.safetensors");
    assertEquals(
        0,
        run("evaluate", path("tiny.yaml"), "--model", model, "--out", path("a"), "--maps"),
        err());
    assertEquals(
        0,
        run(
            "predict",
            "--model",
            model,
            path("data"),
            "--out",
            path("b"),
            "--formats",
            "npy,png,mask,overlay",
            "--batch",
            "3",
            "--json"),
        err());
    assertTrue(err().contains("the threshold for images of unknown category decides, "), err());
    assertEquals("max", json().get("image-score").getAsString());
    JsonArray rows = json().getAsJsonArray("predictions");
    assertEquals(2 * (5 + 3 + 3) + 2 * 3, rows.size()); // masks are images, too, in a folder
    String image = "dots/test/spot/001.png";
    assertArrayEquals(
        Npy.read(folder.resolve("a/maps/" + image + ".npy")).values(),
        Npy.read(folder.resolve("b/maps/" + image + ".npy")).values(),
        1e-6f);
    assertTrue(Files.exists(folder.resolve("b/heat-maps/" + image + ".png")));
    assertTrue(Files.exists(folder.resolve("b/masks/" + image + ".png")));
    BufferedImage own = ImageIO.read(folder.resolve("data/" + image).toFile());
    BufferedImage overlay = ImageIO.read(folder.resolve("b/overlays/" + image + ".png").toFile());
    assertEquals(own.getWidth(), overlay.getWidth());
    assertEquals(own.getHeight(), overlay.getHeight());
    List<String> csv = Files.readAllLines(folder.resolve("b/predictions.csv"));
    assertEquals("image,score,normalised,verdict,threshold,error", csv.get(0));
    assertTrue(csv.get(1).matches(".*,(normal|anomalous),.*"), csv.get(1));
  }

  /** Ctrl-C in the shell interrupts the command's thread. */
  @Test
  void interruptedPredictKeepsWhatItFound() throws IOException {
    Thread caller = Thread.currentThread();
    ByteArrayOutputStream err =
        new ByteArrayOutputStream() {
          private boolean done;

          @Override
          public synchronized void write(byte[] bytes, int start, int length) {
            super.write(bytes, start, length);
            if (!done && toString(UTF_8).contains("inspecting")) {
              done = true;
              caller.interrupt();
            }
          }
        };
    int code =
        console
            .commands()
            .run(
                List.of(
                    "predict",
                    "--model",
                    path("run/model.safetensors"),
                    path("data"),
                    "--batch",
                    "1",
                    "--out",
                    path("interrupted")),
                System.out,
                new PrintStream(err, true, UTF_8));
    assertTrue(Thread.interrupted(), "whoever called has to see it");
    assertEquals(1, code);
    String told = err.toString(UTF_8);
    assertTrue(told.contains("stopped after "), told);
    List<String> rows = Files.readAllLines(folder.resolve("interrupted/predictions.csv"));
    assertTrue(rows.size() > 1, "the image that was reported");
    for (String row : rows.subList(1, rows.size())) {
      String image = row.substring(0, row.indexOf(','));
      assertTrue(Files.exists(folder.resolve("interrupted/maps/" + image + ".npy")), row);
    }
  }

  @Test
  void predictNamesWhatItCannotReadAndGoesOn() throws IOException {
    Path bad = Files.createDirectories(folder.resolve("bad"));
    Files.copy(folder.resolve("data/dots/train/good/000.png"), bad.resolve("fine.png"));
    Files.copy(bad.resolve("fine.png"), bad.resolve("another.png"));
    Files.write(bad.resolve("empty.png"), new byte[0]);
    assertEquals(
        1,
        run(
            "predict",
            "--model",
            path("run/model.safetensors"),
            bad.toString(),
            "--out",
            path("c")));
    assertTrue(err().contains("empty.png"), err());
    assertTrue(err().contains("1 of 3 images could not be read"), err());
    assertTrue(Files.exists(folder.resolve("c/maps/fine.png.npy")));
    assertEquals(
        List.of("image", "another.png", "empty.png", "fine.png"),
        Files.readAllLines(folder.resolve("c/predictions.csv")).stream()
            .map(line -> line.split(",")[0])
            .toList());
  }

  @Test
  void resultsBelowTheInputAreNotInspectedTheNextTime() throws IOException {
    Path line = TinyDataset.write(folder.resolve("line"), 1, 1, 32).resolve("dots/test/good");
    String[] predict = {
      "predict",
      "--model",
      path("run/model.safetensors"),
      line.toString(),
      "--out",
      line.resolve("results").toString(),
      "--formats",
      "png",
      "--json"
    };
    assertEquals(0, run(predict), err());
    int images = json().getAsJsonArray("predictions").size();
    assertEquals(0, run(predict), err());
    assertEquals(images, json().getAsJsonArray("predictions").size(), out());
    String note = "left out " + line.resolve("results/heat-maps") + ": results of predict";
    assertEquals(1, err().lines().filter(l -> l.startsWith(note)).count(), err());
  }

  @Test
  void largeImagesAreInspectedByTiles() throws IOException {
    Path large = TinyDataset.write(folder.resolve("large"), 1, 1, 80);
    String image = large.resolve("dots/test/spot/000.png").toString();
    assertEquals(
        0,
        run(
            "predict",
            "--model",
            path("run/model.safetensors"),
            image,
            "--tile",
            "32",
            "--overlap",
            "8",
            "--out",
            path("tiles")),
        err());
    AnomalyMap map = Npy.read(folder.resolve("tiles/maps/000.png.npy"));
    assertEquals(80, map.height());
    assertEquals(80, map.width());
  }

  @Test
  void aModelOfAnotherConfigurationIsRefused() {
    assertEquals(
        1,
        run(
            "evaluate",
            path("tiny.yaml"),
            "--model",
            path("run/model.safetensors"),
            "--set",
            "model.hidden=64",
            "--out",
            path("never")));
    assertTrue(err().contains("another configuration"), err());
    assertEquals(
        1,
        err()
            .lines()
            .filter(l -> !l.startsWith("["))
            .filter(l -> l.contains("configuration"))
            .count(),
        err());
  }

  @Test
  void aModelWhoseShapesFitButNotItsSettingsIsRefused() {
    assertEquals(
        1,
        run(
            "evaluate",
            path("tiny.yaml"),
            "--model",
            path("run/model.safetensors"),
            "--set",
            "model.attention.heads=2",
            "--out",
            path("never")));
    assertTrue(err().contains("model.attention.heads is 4, here 2"), err());
  }

  @Test
  void errorsOfUsersAreOneLine() throws IOException {
    List<List<String>> wrong = new ArrayList<>();
    wrong.add(Arrays.asList("train", path("none.yaml")));
    wrong.add(Arrays.asList("train", path("tiny.yaml"), "--out", path("run")));
    wrong.add(Arrays.asList("train", path("tiny.yaml"), "--out", path("tiny.yaml")));
    wrong.add(
        Arrays.asList("train", path("tiny.yaml"), "--out", path("n"), "--set", "dataset.root=no"));
    Path untrained = TinyDataset.write(folder.resolve("untrained"), 1, 1, 32);
    Files.delete(untrained.resolve("dots/train/good/000.png"));
    wrong.add(
        Arrays.asList(
            "train", path("tiny.yaml"), "--out", path("n"), "--set", "dataset.root=" + untrained));
    wrong.add(Arrays.asList("predict", "--model", path("tiny.yaml"), path("data")));
    wrong.add(Arrays.asList("predict", "--model", path("run/model.safetensors"), path("no")));
    wrong.add(
        Arrays.asList(
            "score", "--maps", path("no"), "--dataset", "mvtec-ad", "--root", path("data")));
    wrong.add(
        Arrays.asList(
            "score", "--maps", path("data"), "--dataset", "mvtec", "--root", path("data")));
    wrong.add(Arrays.asList("cancel", "nothing-1"));
    wrong.add(
        Arrays.asList("convert", path("run/model.safetensors"), path("run/model.safetensors")));
    for (List<String> arguments : wrong) {
      assertEquals(1, run(arguments.toArray(String[]::new)), arguments + out() + err());
      List<String> lines =
          err().lines().filter(l -> !l.isBlank() && !l.equals("reading the data set")).toList();
      assertEquals(1, lines.size(), arguments + " " + lines);
      assertTrue(!lines.get(0).contains("Exception"), lines.get(0));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatCannotBeWrittenIsRefusedBeforeAnyWork() {
    String model = path("run/model.safetensors");
    String nowhere = "/proc/uniass"; // refuses even the superuser
    for (List<String> arguments :
        List.of(
            List.of("train", path("tiny.yaml"), "--out", nowhere),
            List.of("evaluate", path("tiny.yaml"), "--model", model, "--out", nowhere),
            List.of("predict", "--model", model, path("data"), "--out", nowhere),
            List.of("sample", "--out", nowhere),
            List.of("demo", "--out", nowhere))) {
      assertEquals(1, run(arguments.toArray(String[]::new)), arguments + out());
      assertEquals(1, err().lines().count(), arguments + err());
      assertTrue(err().contains(nowhere) && err().contains("choose another"), err());
    }
  }

  @Test
  void refusedArgumentsLeaveNoFolder() {
    assertEquals(1, run("sample", "--out", path("images/new"), "--size", "16"));
    assertTrue(err().contains("size must be 32 to 2048 px, not 16"), err());
    assertEquals(1, run("sample", "--out", path("images/new"), "--test", "1"));
    assertTrue(err().contains("at least 1 training and 5 test images"), err());
    assertFalse(Files.exists(folder.resolve("images")));
    List<String> score = List.of("score", "--maps", path("data"), "--root", path("data"));
    List<String> wrong = new ArrayList<>(score);
    wrong.addAll(List.of("--dataset", "mvtec-ad", "--metrics", "none", "--out", path("scores")));
    assertEquals(1, run(wrong.toArray(String[]::new)));
    assertFalse(Files.exists(folder.resolve("scores")));
    assertEquals(
        0,
        run("sample", "--out", path("images/new"), "--train", "1", "--test", "5", "--size", "32"),
        err());
    assertTrue(Files.isRegularFile(folder.resolve("images/new/cap/train/good/000.png")));
  }

  @Test
  void aSecondRunInTheSameFolderIsRefused() throws IOException {
    Path used = Files.createDirectories(folder.resolve("used"));
    try (FolderLock lock = FolderLock.of(used)) {
      assertEquals(1, run("train", path("tiny.yaml"), "--out", used.toString()), out());
      assertTrue(err().contains("in use by another run"), err() + lock);
    }
  }

  @Test
  void convertKeepsEveryTensor() {
    assertEquals(
        0,
        run("convert", path("run/model.safetensors"), path("converted.safetensors"), "--json"),
        err());
    assertEquals(0, json().getAsJsonArray("missing").size());
    assertEquals(0, json().getAsJsonArray("leftOver").size());
    assertEquals(
        0,
        run("predict", "--model", path("converted.safetensors"), path("data"), "--out", path("d")),
        err());
  }
}
