/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.io.FolderLock;
import uniass.lab.StudyRequest;
import uniass.lab.StudyState;
import uniass.lab.StudyTable;

/** Studies that train for real, in seconds. */
class StudyRunTest {

  private static final String TWO =
      "factors: { model.gated-cnn: [identity] }\nseeds: [1]\nbaselines: [untrained]\n";

  @TempDir Path folder;

  private Lab lab;
  private Path out;

  @BeforeEach
  void draw() throws Exception {
    lab = new Lab(folder);
    out = folder.resolve("out");
  }

  private StudyState run(StudyRequest request) {
    return lab.studies.run(request, Progress.NONE);
  }

  private String error(StudyRequest request) {
    return assertThrows(UniassException.class, () -> run(request))
        .getMessage()
        .replace(folder + "/", "");
  }

  @Test
  void runsAndComparesAndGoesOn() throws Exception {
    StudyRequest request = lab.study(TWO);
    List<StudyState.Progress> seen = new ArrayList<>();
    Progress watch =
        new Progress() {
          @Override
          public void step(String task, long done, long total) {
            if (seen.isEmpty() && task.startsWith("2/2 gated-cnn-identity_seed-1: epoch 1/1")) {
              seen.add(lab.studies.running().get(0).trials().get(1).progress());
            }
          }

          @Override
          public boolean canceled() {
            return false;
          }
        };
    StudyState first = lab.studies.run(request, watch);
    assertEquals(2, first.trials(StudyState.Progress.DONE).size());
    assertEquals(List.of(StudyState.Progress.RUNNING), seen);
    assertEquals(List.of(), lab.studies.running());
    assertEquals(first, lab.studies.state(out));
    StudyTable table = lab.studies.table(request);
    assertEquals(
        List.of("base", "gated-cnn=identity", "untrained"),
        table.rows().stream().map(StudyTable.Row::variant).toList());
    assertTrue(table.notes().contains("nothing was chosen on test images"), table.notes() + "");
    List<String> trials = Files.readAllLines(out.resolve("trials.csv"));
    assertEquals(
        "trial,variant,model.gated-cnn,seed,category,pixel-ap,parameters,gmac,not-counted,chosen-on-test",
        trials.get(0));
    assertEquals(1 + 2 * 2 + 1, trials.size());
    assertEquals(
        "variant,metric,mean,spread,n,difference,low,high,p",
        Files.readAllLines(out.resolve("table.csv")).get(0));

    Path model = out.resolve("trials/base_seed-1/model.safetensors");
    FileTime written = Files.getLastModifiedTime(model);
    assertEquals(
        "out holds a study; go on with --resume, or choose another --out",
        error(lab.study(TWO).withResume(false)));
    StudyState more = run(lab.study(TWO.replace("[1]", "[1, 2]")));
    assertEquals(4, more.trials(StudyState.Progress.DONE).size());
    assertEquals(List.of(), more.notes());
    assertEquals(written, Files.getLastModifiedTime(model), "what is done is not done again");
    assertEquals(4 + 4 + 2 + 1, rows());
  }

  private int rows() throws Exception {
    return Files.readAllLines(out.resolve("trials.csv")).size();
  }

  @Test
  void anEditDoesNotCountAndIsTold() throws Exception {
    lab.studies.freeze(lab.study(TWO));
    byte[] frozen = Files.readAllBytes(out.resolve("study.json"));
    Path base = folder.resolve("tiny.yaml");
    Files.writeString(base, Files.readString(base).replace("hidden: 32", "hidden: 64"));
    StudyState state = lab.studies.freeze(lab.study(TWO));
    assertEquals(
        List.of(
            "gates.yaml was edited since the study was frozen: its base (model.hidden: was 32, is"
                + " 64) does not count; a new --out would take it"),
        state.notes().stream().map(n -> n.replace(folder + "/", "")).toList());
    assertArrayEquals(frozen, Files.readAllBytes(out.resolve("study.json")));
    assertTrue(
        lab.studies
            .freeze(lab.study(TWO.replace("[identity]", "[conv1x1]")))
            .notes()
            .toString()
            .contains("the removal of 1 trial does not count"));
  }

  @Test
  void changedDataStopsTheStudyByName() throws Exception {
    lab.studies.freeze(lab.study(TWO));
    Path image = folder.resolve("images/dots/train/good/001.png");
    byte[] bytes = Files.readAllBytes(folder.resolve("images/dots/train/good/000.png"));
    Files.write(image, bytes);
    assertEquals(
        "the data changed since the study was frozen: images/dots/train/good/001.png has other"
            + " content; put it back, or start a new study with another --out",
        error(lab.study(TWO)));
    Files.delete(image);
    assertEquals(
        "the data changed since the study was frozen: images/dots/train/good/001.png is gone; put"
            + " it back, or start a new study with another --out",
        error(lab.study(TWO)));
    assertFalse(Files.exists(out.resolve("trials/base_seed-1/model.safetensors")));
  }

  @Test
  void anotherVersionAndAnotherBundleStopTheStudyByName() throws Exception {
    lab.studies.freeze(lab.study(TWO));
    Path file = out.resolve("study.json");
    String frozen = Files.readString(file);
    Files.writeString(
        file, frozen.replace("\"version\": \"development\"", "\"version\": \"0.9.0\""));
    assertEquals(
        "study gates was frozen by version 0.9.0, this is development: results would not compare;"
            + " use that version, or start a new study with another --out",
        error(lab.study(TWO)));
    Files.writeString(
        file,
        frozen.replaceFirst(
            "(?s)(\"plugin\": \"gated-cnn identity\".*?\"sha256\": )\"[^\"]*\"", "$1\"0000\""));
    String other = error(lab.study(TWO));
    assertTrue(other.startsWith("plug-in gated-cnn identity: "), other);
    assertTrue(other.contains(" has other bytes than when the study was frozen; put the"), other);
  }

  @Test
  void failedTrialsAreShownAndRunAgain() throws Exception {
    StudyRequest request = lab.study(TWO.replace("seeds: [1]", "seeds: [5]"));
    lab.studies.freeze(request);
    Path trial = out.resolve("trials/gated-cnn-identity_seed-5");
    Files.writeString(trial, "in the way");
    assertTrue(error(request).startsWith("out/trials"), "the failure cannot even be noted");
    Files.delete(trial);
    Files.createDirectories(trial.resolve("history.csv"));
    StudyState state = run(request);
    assertEquals(1, state.trials(StudyState.Progress.FAILED).size());
    assertFalse(state.trials(StudyState.Progress.FAILED).get(0).cause().isEmpty());
    assertEquals(1, state.trials(StudyState.Progress.DONE).size());
    Files.delete(trial.resolve("history.csv"));
    assertEquals(2, run(request).trials(StudyState.Progress.DONE).size());
  }

  @Test
  @SuppressWarnings("try") // the locks are held, not used
  void aSecondStartIsToldWhoIsThere() throws Exception {
    StudyRequest request = lab.study(TWO);
    lab.studies.freeze(request);
    try (FolderLock lock = FolderLock.of(out)) {
      assertTrue(
          error(request)
              .matches("out is in use by another run \\(process [0-9]+ on .* since .*\\); .*"));
    }
    try (FolderLock lock =
        FolderLock.of(out.resolve("trials/.base_seed-1.lock"), "trial base_seed-1")) {
      String message =
          assertThrows(
                  UniassException.class,
                  () -> lab.studies.run(request, "base_seed-1", Progress.NONE))
              .getMessage();
      assertTrue(
          message.startsWith("trial base_seed-1 is in use by another run (process"), message);
      StudyState state = run(request);
      assertEquals(1, state.trials(StudyState.Progress.HELD).size());
    }
    assertEquals(
        "no trial 'base_seed-2' in study gates (did you mean 'base_seed-1'?); --list shows them",
        assertThrows(
                UniassException.class, () -> lab.studies.run(request, "base_seed-2", Progress.NONE))
            .getMessage());
    lab.studies.run(request, "base_seed-1", Progress.NONE);
    assertEquals(2, lab.studies.check(request).trials(StudyState.Progress.DONE).size());
  }
}
