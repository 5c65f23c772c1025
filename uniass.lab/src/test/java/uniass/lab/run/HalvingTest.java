/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.experiment.RunStoppedException;
import uniass.lab.StudyRequest;
import uniass.lab.StudyState;
import uniass.lab.StudyTable;
import uniass.lab.study.StopRule;

/** Studies that stop the worse half of their variants early, by normal images only. */
class HalvingTest {

  private static final String HELD_OUT =
      "settings: { train.epochs: 2, train.select: normal-split, train.validate-every: 1 }\n";
  private static final String STUDY =
      HELD_OUT
          + """
          factors:
            model.gated-cnn: [identity]
            train.learning-rate: { none: 1.0e-9 }
          seeds: [1]
          stop: { after: 0.4, keep: 0.5, by: held-out-loss }
          """;

  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void draw() throws Exception {
    lab = new Lab(folder);
  }

  @Test
  void roundsGrowByWhatIsKept() {
    assertEquals(List.of(30, 60), new StopRule(0.3, 0.5).rounds(100));
    assertEquals(List.of(2, 3), new StopRule(0.3, 0.5).rounds(4), "2.4 of 4 epochs are 3");
    assertEquals(List.of(), new StopRule(0.3, 0.5).rounds(1));
    assertEquals(List.of(1, 3, 9), new StopRule(1 / 27.0, 1 / 3.0).rounds(27));
  }

  @Test
  void theWorseHalfStopsAndWhatGoesOnIsAsWithoutTheRule() throws Exception {
    StudyRequest whole = lab.study(STUDY);
    StudyState end = lab.studies.run(whole, Progress.NONE);
    assertEquals(
        List.of("learning-rate=none"),
        end.trials(StudyState.Progress.STOPPED).stream().map(StudyState.Trial::variant).toList());
    assertEquals(2, end.trials(StudyState.Progress.DONE).size());
    StudyTable table = lab.studies.table(whole);
    StudyTable.Row stopped = table.rows().get(2);
    assertTrue(Double.isNaN(stopped.mean()) && stopped.n() == 1, stopped + "");
    assertTrue(
        stopped.verdict().startsWith("stopped after epoch 1 by its held-out loss"), stopped + "");
    assertTrue(
        table.notes().get(0).startsWith("1 of 3 trials were stopped early"), table.notes() + "");
    List<String> rows = Files.readAllLines(out("out").resolve("trials.csv"));
    assertTrue(
        rows.get(0).endsWith(",parameters,gmac,not-counted,chosen-on-test,stopped-after"),
        rows.get(0));
    assertEquals(
        "learning-rate-none_seed-1,learning-rate=none,,none,1,,,,,,no,1",
        rows.get(rows.size() - 1));
    assertTrue(
        Files.readString(out("out").resolve("study.html")).contains("stopped after epoch 1"));
    assertTrue(
        Files.readString(out("out").resolve("table.md"))
            .contains("| learning-rate=none | stopped |"));
    assertFalse(Files.exists(out("out").resolve("trials/learning-rate-none_seed-1/checkpoints")));

    StudyRequest parts = whole.withOut(out("parts"));
    oneByOne(parts);
    lab.studies.table(parts);
    for (String file : List.of("stopped.csv", "study.json", "trials.csv", "table.csv")) {
      same(file, file);
    }
    String model = "trials/gated-cnn-identity_seed-1/model.safetensors";
    same(model, model);

    assertTrue(
        lab.studies
            .check(lab.study(STUDY.replace("[1]", "[1, 2]")))
            .notes()
            .toString()
            .contains("3 more trials, because the study has a rule 'stop', does not count"));
  }

  /** As schedulers start trials: in any order, killed, and again until nothing waits. */
  private void oneByOne(StudyRequest request) {
    String last = "learning-rate-none_seed-1";
    AtomicInteger steps = new AtomicInteger();
    Progress soon =
        new Progress() {
          @Override
          public void step(String task, long done, long total) {
            steps.addAndGet(task.startsWith("epoch") ? 1 : 0);
          }

          @Override
          public boolean canceled() {
            return steps.get() > 0;
          }
        };
    assertThrows(RunStoppedException.class, () -> lab.studies.run(request, last, soon));
    for (String trial : List.of(last, "gated-cnn-identity_seed-1")) {
      StudyState state = lab.studies.run(request, trial, Progress.NONE);
      assertEquals(
          "is measured; waits for "
              + state.trials(StudyState.Progress.WAITING).stream()
                  .filter(t -> t.cause().isEmpty())
                  .count()
              + " other trials",
          state.trials().stream()
              .filter(t -> t.name().equals(trial))
              .findFirst()
              .orElseThrow()
              .cause());
    }
    for (String trial : List.of("base_seed-1", "gated-cnn-identity_seed-1", last)) {
      lab.studies.run(request, trial, Progress.NONE);
    }
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  private void same(String one, String other) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(out("out").resolve(one)),
        Files.readAllBytes(out("parts").resolve(other)),
        one);
  }

  private String refusal(String study) throws IOException {
    StudyRequest request = lab.study(study);
    return assertThrows(UniassException.class, () -> lab.studies.freeze(request))
        .getMessage()
        .replace(folder + "/", "");
  }

  private String bank() throws IOException {
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        dataset: { root: images, image-size: 32 }
        model: { network: memory-bank, backbone: { name: efficientnet-lite0, weights: random } }
        train: { epochs: 4, select: normal-split }
        """);
    return refusal("stop: { after: 0.3, keep: 0.5 }\n");
  }

  @Test
  void whatCannotBeComparedIsRefused() throws Exception {
    assertEquals(
        "gates, stop: no normal images are held out; give each category at least 20 training"
            + " images, or the data set validation images, or set train.select: normal-split",
        refusal("settings: { train.epochs: 4 }\nstop: { after: 0.3, keep: 0.5 }\n"));
    assertEquals(
        "gates.yaml, stop: variant cosine=released changes what the held-out loss is made of"
            + " (model.loss.terms[2].form: was paper, is released), so losses do not compare; leave"
            + " 'stop' out, or that factor",
        refusal(
            "factors: { model.loss.cosine: [released] }\n"
                + HELD_OUT
                + "stop: { after: 0.3, keep: 0.5 }\n"));
    assertEquals(
        "gates.yaml, stop: of 1 epochs none lies between 'after' and the end; raise train.epochs,"
            + " or leave 'stop' out",
        refusal("stop: { after: 0.3, keep: 0.5 }\n"));
    assertEquals(
        "gates.yaml, line 3: stop.by: only held-out-loss: nothing may be chosen on test images",
        refusal("stop: { after: 0.3, keep: 0.5, by: pixel-ap }\n"));
    assertEquals(
        "gates.yaml, line 3: stop.after must be a number above 0 and below 1",
        refusal("stop: { after: 30, keep: 0.5 }\n"));
    assertEquals(
        "gates, stop: network 'memory-bank' is fitted in one pass, so it has no loss that falls"
            + " from epoch to epoch",
        bank());
    assertFalse(Files.exists(out("out/study.json")));
  }
}
