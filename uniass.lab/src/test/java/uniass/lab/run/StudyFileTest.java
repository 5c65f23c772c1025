/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.lab.StudyRequest;
import uniass.lab.StudyState;

/** What study files may say, and what is said of mistakes; nothing is trained. */
class StudyFileTest {

  @TempDir static Path folder;

  private static Lab lab;

  @BeforeAll
  static void draw() throws IOException {
    lab = new Lab(folder);
  }

  private static List<String> names(String more) throws IOException {
    return lab.studies.check(lab.study(more)).trials().stream()
        .map(StudyState.Trial::name)
        .toList();
  }

  private static String error(String more) throws IOException {
    var request = lab.study(more);
    String message =
        assertThrows(UniassException.class, () -> lab.studies.check(request)).getMessage();
    assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
    return message.replace(folder + "/", "");
  }

  @Test
  void eachValueAlone() throws IOException {
    assertEquals(
        List.of(
            "base_seed-7",
            "gated-cnn-identity_seed-7",
            "gated-cnn-mgg-cnn-branches-1x1-3x3_seed-7",
            "learning-rate-0.01_seed-7"),
        names(
            """
            factors:
              model.gated-cnn: [mgg-cnn, identity, { name: mgg-cnn, branches: [1x1, 3x3] }]
              train.learning-rate: [0.01]
            seeds: 7
            """));
  }

  @Test
  void gridsListsAndSetsOfSettings() throws IOException {
    String factors =
        """
        factors:
          model.gated-cnn: { none: identity, pixel: conv1x1 }
          size:
            small: {}
            large: { model.hidden: 64, train.epochs: 2 }
        seeds: [1]
        """;
    assertEquals(
        List.of(
            "base_seed-1",
            "gated-cnn-none_size-small_seed-1",
            "gated-cnn-none_size-large_seed-1",
            "gated-cnn-pixel_size-small_seed-1",
            "gated-cnn-pixel_size-large_seed-1"),
        names("design: grid\n" + factors));
    assertEquals(
        List.of(
            "base_seed-1", "gated-cnn-none_size-small_seed-1", "gated-cnn-pixel_size-large_seed-1"),
        names("design: list\n" + factors));
    List<String> some = names("design: { random: { trials: 2, seed: 5 } }\n" + factors);
    assertEquals(3, some.size());
    assertEquals(
        some, names("design: { random: { trials: 3, seed: 5 } }\n" + factors).subList(0, 3));
  }

  @Test
  void mistakesHaveTheirLineAndTheNearestName() throws IOException {
    assertEquals(
        "gates.yaml, line 4: model.gated-cnn: no gated CNN 'identiti' (did you mean 'identity'?);"
            + " there are: conv1x1, conv3x3, conv3x3x3, identity, mgg-cnn, mgg-cnn-light, mlp",
        error("factors:\n  model.gated-cnn: [mgg-cnn, identiti]\n"));
    assertEquals(
        "gates.yaml, line 4: model.gated-cn: unknown key 'gated-cn' in model (did you mean"
            + " 'gated-cnn'?)",
        error("factors:\n  model.gated-cn: [identity]\n").replaceFirst("; known.*", ""));
    assertEquals(
        "gates.yaml, line 3: design: no 'gird' (did you mean 'grid'?); there are: one-at-a-time,"
            + " grid, list, random",
        error("design: gird\n"));
    assertEquals(
        "gates.yaml, line 3: unknown key 'seed' in a study (did you mean 'seeds'?)",
        error("seed: 3\n").replaceFirst("; known.*", ""));
    assertEquals(
        "gates.yaml, line 3: baselines: no 'untraind' (did you mean 'untrained'?); there are:"
            + " untrained, mean-picture, memory-bank",
        error("baselines: [untraind]\n"));
    assertEquals(
        "gates.yaml, line 3: seeds must be whole numbers, at least one, none of them twice",
        error("seeds: [1, 1]\n"));
    assertEquals(
        "gates.yaml, line 4: train.seed is the study's own: give 'seeds: [1, 2, 3]'",
        error("factors:\n  train.seed: [1, 2]\n"));
    assertEquals(
        "gates.yaml, line 4: 'gates' has no dot, so it names sets of settings: 'LABEL: { key.key:"
            + " VALUE }'; a setting is written in full, such as 'model.gates'",
        error("factors:\n  gates: [identity]\n"));
    assertEquals(
        "gates.yaml, variant hidden=48: hidden width 48 is not a multiple of the 32 groups that its norms have",
        error("factors:\n  model.hidden: [48]\n").lines().findFirst().orElseThrow());
  }

  @Test
  void whatIsNotHereIsSaidBeforeAnythingRuns() {
    StudyRequest paper = StudyRequest.of("paper-ablations").withOut(folder.resolve("paper"));
    assertEquals(81, lab.studies.check(paper).trials().size());
    Path here = Path.of("").toAbsolutePath();
    assertEquals(
        List.of(
            "data set (reader mvtec-ad): no folder HERE/data/mvtec_ad; --set dataset.root=FOLDER",
            "weights of efficientnet-b4: no file HERE/models/efficientnet-b4.pth; --set"
                + " model.backbone.weights=FILE"),
        lab.studies.missing(paper).stream().map(m -> m.replace(here + "", "HERE")).toList());
  }

  @Test
  void theBaseIsCheckedToo() throws IOException {
    Path study = folder.resolve("other.yaml");
    Files.writeString(study, "base: tin.yaml\n");
    String message =
        assertThrows(
                UniassException.class, () -> lab.studies.check(StudyRequest.of(study.toString())))
            .getMessage();
    assertEquals(
        "other.yaml, base: no experiment 'tin.yaml': neither a file nor one that ships",
        message.replace(folder + "/", "").replaceFirst(";.*", ""));
  }
}
