/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.io.FolderLock;
import uniass.io.Outputs;

/** The folder of a study. */
public final class StudyFolder {

  private static final String STUDY = "study.json";
  private static final String TRIALS = "trials";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Path folder;

  /** The folder, which may not exist yet. */
  public StudyFolder(Path folder) {
    this.folder = folder;
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** The frozen study, if there is one. */
  public Optional<FrozenStudy> read() {
    return read(folder.resolve(STUDY), FrozenStudy.class)
        .map(
            study -> {
              if (study.format() > FrozenStudy.FORMAT) {
                throw new UniassException(
                    folder.resolve(STUDY) + ": written by a newer UniAS; use that one");
              }
              return study;
            });
  }

  /** Freezes a study. */
  public void write(FrozenStudy study) {
    write(folder.resolve(STUDY), study);
  }

  /** Where a trial's results lie. */
  public TrialFolder trial(String name) {
    return new TrialFolder(folder.resolve(TRIALS).resolve(name));
  }

  /** The content of the data that trials use. */
  Path data() {
    return folder.resolve("data.csv");
  }

  /** What TensorBoard shows of all trials. */
  Path board() {
    return folder.resolve("tensorboard");
  }

  /** Which variants the study's rule stopped. */
  Path stopped() {
    return folder.resolve("stopped.csv");
  }

  /** Held by whoever runs the study. */
  public FolderLock lock() {
    Outputs.makeFolder(folder);
    return FolderLock.of(folder);
  }

  /** Held for the moment of freezing, or of deciding who goes on. */
  public FolderLock awaitFreezing() {
    Outputs.makeFolder(folder.resolve(TRIALS));
    return FolderLock.await(folder.resolve(TRIALS).resolve(".study.lock"));
  }

  /** Held by whoever runs a trial. */
  FolderLock lock(String trial) {
    Outputs.makeFolder(folder.resolve(TRIALS));
    return FolderLock.of(folder.resolve(TRIALS).resolve("." + trial + ".lock"), "trial " + trial);
  }

  static void write(Path file, Object content) {
    Outputs.write(file, GSON.toJson(content) + "\n");
  }

  static <T> Optional<T> read(Path file, Class<T> type) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(GSON.fromJson(Files.readString(file), type));
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    } catch (JsonParseException e) {
      throw new UniassException(
          file + ": damaged: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }
}
