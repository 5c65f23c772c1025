/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import uniass.api.UniassException;
import uniass.io.FolderLock;
import uniass.io.Outputs;
import uniass.lab.study.Study;
import uniass.lab.trial.FrozenStudy.FrozenTrial;

/**
 * {@code stopped.csv}: which variants a study's rule stopped, round by round. A round is decided
 * once, when all its trials are measured, and what it needs is in files: whoever decides finds the
 * same, also after a kill. The base is never stopped, because the others are compared with it; all
 * seeds of a variant stop together, so that pairs stay pairs.
 */
public final class Stops {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setRecordSeparator("\n")
          .setHeader("round", "epochs", "variant", "seeds", "held-out-loss", "goes-on")
          .setSkipHeaderRecord(false)
          .get();

  private final StudyFolder folder;
  private final FrozenStudy study;
  private final List<Place> places = new ArrayList<>();

  /** Reads what is decided in a study's folder; nothing if the study has no rule. */
  public Stops(StudyFolder folder, FrozenStudy study) {
    this.folder = folder;
    this.study = study;
    read();
  }

  /**
   * A variant in a round.
   *
   * @param round counted from 1
   * @param epochs after which it was measured
   * @param seeds how many of its trials were
   * @param loss mean over these of the loss on held-out normal images
   */
  public record Place(
      int round, int epochs, String variant, int seeds, double loss, boolean goesOn) {

    /** Why it stopped, in words. */
    public String cause() {
      return String.format(
          Locale.ROOT, "stopped after epoch %d by its held-out loss of %.4g", epochs, loss);
    }
  }

  /** Where a variant was stopped, if it was. */
  public Optional<Place> stopped(String variant) {
    return places.stream().filter(p -> p.variant().equals(variant) && !p.goesOn()).findFirst();
  }

  /** The stopped variants, in the study's order. */
  public List<Place> stopped() {
    return variants().stream().flatMap(v -> stopped(v).stream()).toList();
  }

  private Set<String> variants() {
    Set<String> variants = new LinkedHashSet<>();
    study.trials().forEach(t -> variants.add(t.variant()));
    return variants;
  }

  /**
   * The next round of a trial, counted from 1; nothing if it may train to its end, or is stopped.
   */
  public Optional<Integer> round(FrozenTrial trial) {
    int next = 1 + rounds();
    return stopped(trial.variant()).isPresent() || next > rounds(trial).size()
        ? Optional.empty()
        : Optional.of(next);
  }

  /** Whether a round is still to come for any trial. */
  public boolean open() {
    return study.trials().stream().anyMatch(t -> round(t).isPresent());
  }

  /** How many rounds are decided. */
  public int rounds() {
    return places.stream().mapToInt(Place::round).max().orElse(0);
  }

  /** After how many epochs a trial is measured in a round. */
  int epochs(FrozenTrial trial, int round) {
    return rounds(trial).get(round - 1);
  }

  private List<Integer> rounds(FrozenTrial trial) {
    return study.rule().map(rule -> rule.rounds(trial.epochs())).orElse(List.of());
  }

  /** The trials of the next round that are neither measured nor failed. */
  public List<FrozenTrial> awaited() {
    return study.trials().stream()
        .filter(t -> round(t).isPresent())
        .filter(t -> heldOut(t, round(t).get()).isEmpty())
        .filter(t -> folder.trial(t.name()).failure().isEmpty())
        .toList();
  }

  /** Whether a trial is measured in a round. */
  boolean measured(FrozenTrial trial, int round) {
    return heldOut(trial, round).isPresent();
  }

  private Optional<HeldOut> heldOut(FrozenTrial trial, int round) {
    return folder.trial(trial.name()).heldOut(round);
  }

  /**
   * Decides the next round, if all its trials are measured. A variant of which a trial failed has
   * no place in it: it goes on if its trials are run again.
   *
   * @return what holds now
   */
  @SuppressWarnings("try") // the lock is held, not used
  public Stops decide() {
    try (FolderLock lock = folder.awaitFreezing()) {
      Stops now = new Stops(folder, study); // another process may have been faster
      if (study.rule().isEmpty() || !now.awaited().isEmpty()) {
        return now;
      }
      List<Place> ranked = now.ranked();
      if (!ranked.isEmpty()) {
        List<Place> all = new ArrayList<>(now.places);
        all.addAll(ranked);
        write(all);
      }
    }
    Stops decided = new Stops(folder, study);
    study.trials().stream()
        .filter(t -> decided.stopped(t.variant()).isPresent())
        .forEach(t -> folder.trial(t.name()).forgetCheckpoints());
    return decided;
  }

  private List<Place> ranked() {
    List<Place> measured = new ArrayList<>();
    for (String variant : variants()) {
      List<FrozenTrial> trials =
          study.trials().stream()
              .filter(t -> t.variant().equals(variant) && round(t).isPresent())
              .toList();
      if (trials.isEmpty()) {
        continue;
      }
      int round = round(trials.get(0)).get();
      List<HeldOut> losses = trials.stream().flatMap(t -> heldOut(t, round).stream()).toList();
      if (losses.size() == trials.size()) {
        double mean = losses.stream().mapToDouble(HeldOut::loss).average().orElseThrow();
        int epochs = losses.get(0).epochs();
        measured.add(new Place(round, epochs, variant, losses.size(), mean, true));
      }
    }
    List<Place> rivals =
        measured.stream()
            .filter(p -> !p.variant().equals(Study.BASE))
            .sorted(Comparator.comparingDouble(Place::loss)) // stable: equal ones by their order
            .toList();
    Set<String> kept = new LinkedHashSet<>();
    rivals.stream()
        .limit(study.rule().orElseThrow().kept(rivals.size()))
        .forEach(p -> kept.add(p.variant()));
    return measured.stream()
        .map(
            p ->
                new Place(
                    p.round(),
                    p.epochs(),
                    p.variant(),
                    p.seeds(),
                    p.loss(),
                    p.variant().equals(Study.BASE) || kept.contains(p.variant())))
        .toList();
  }

  /** The losses of a trial, by the epoch after which they were measured. */
  public Map<Integer, Double> losses(FrozenTrial trial) {
    Map<Integer, Double> losses = new LinkedHashMap<>();
    for (int round = 1; round <= rounds(trial).size(); round++) {
      heldOut(trial, round).ifPresent(h -> losses.put(h.epochs(), h.loss()));
    }
    return losses;
  }

  private void read() {
    if (study.rule().isEmpty() || Files.notExists(folder.stopped())) {
      return;
    }
    CSVFormat reading = FORMAT.builder().setSkipHeaderRecord(true).get();
    Path file = folder.stopped();
    try (CSVParser parser = CSVParser.parse(Files.readString(file), reading)) {
      for (CSVRecord row : parser) {
        places.add(
            new Place(
                Integer.parseInt(row.get("round")),
                Integer.parseInt(row.get("epochs")),
                row.get("variant"),
                Integer.parseInt(row.get("seeds")),
                Double.parseDouble(row.get("held-out-loss")),
                row.get("goes-on").equals("yes")));
      }
    } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
      throw new UniassException(file + ": damaged: " + e.getMessage(), e);
    }
  }

  private void write(List<Place> all) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (Place p : all) {
        printer.printRecord(
            p.round(), p.epochs(), p.variant(), p.seeds(), p.loss(), p.goesOn() ? "yes" : "no");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Outputs.write(folder.stopped(), text.toString());
  }
}
