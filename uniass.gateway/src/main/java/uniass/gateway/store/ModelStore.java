/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.gateway.ModelVersion;
import uniass.gateway.config.GatewayConfig;
import uniass.gateway.config.GatewaySettings;
import uniass.gateway.store.Intake.Arrived;
import uniass.io.Outputs;

/**
 * The models that a gateway has. With a folder for state, each file lies there under its checksum,
 * and {@code store.json}, which is replaced as a whole, says everything else: a process that is
 * killed at any moment leaves the store as it was before or after the change. Without one, only
 * files that configurations name are used, where they lie.
 */
@Component(service = ModelStore.class)
public final class ModelStore {

  private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);

  private static final int VERSION_DIGITS = 12;
  private static final String STATE = "store.json";

  private final Path folder;
  private final Optional<String> fault;
  private final Intake intake;
  private StoreState state;

  /** Creates the component. */
  @Activate
  public ModelStore(@Reference GatewaySettings settings) {
    GatewayConfig config = settings.config();
    folder = config.state().isBlank() ? null : Path.of(config.state()).resolve("models");
    Trust trust = null;
    String wrong = null;
    state = new StoreState(List.of(), Map.of());
    try {
      trust = config.trust().isBlank() ? null : Trust.of(Path.of(config.trust()));
      if (folder != null) {
        Outputs.makeFolder(folder);
        state = StoreState.read(folder.resolve(STATE));
        Set<String> wanted = state.checksums().map(ModelStore::name).collect(Collectors.toSet());
        wanted.add(STATE);
        Intake.sweep(folder, wanted);
      }
    } catch (UniassException | InvalidPathException e) {
      wrong = "model store: " + e.getMessage();
    }
    fault = Optional.ofNullable(wrong);
    intake = new Intake(folder, Optional.ofNullable(trust));
  }

  private static String name(String checksum) {
    return checksum + ModelJar.ENDING;
  }

  private Path file(String checksum) {
    return folder.resolve(name(checksum));
  }

  /** Whether models can be added and changed: whether there is a folder for state. */
  public boolean isKept() {
    return folder != null && fault.isEmpty();
  }

  private void insist() {
    fault.ifPresent(
        wrong -> {
          throw new UniassException(wrong);
        });
  }

  private void insistOnState() {
    insist();
    if (folder == null) {
      throw new UniassException("there is no model store: give a folder for it with --state DIR");
    }
  }

  /** All models, those added first at the beginning. */
  public synchronized List<StoredModel> models() {
    return state.models();
  }

  /** What a station uses; empty if the store knows none of that name. */
  public synchronized Optional<StationModels> station(String name) {
    return Optional.ofNullable(state.stations().get(name));
  }

  /**
   * A model that may be used.
   *
   * @param reference {@code name@version}, or the name of one that has a single version
   * @throws UniassException if there is none, naming those that are there
   */
  public synchronized StoredModel find(String reference) {
    insistOnState();
    return state.find(reference);
  }

  /** A model's file. */
  public ModelFile open(StoredModel model) {
    return new ModelFile(file(model.checksum()), model.checksum(), name -> version(model));
  }

  private static ModelVersion version(StoredModel model) {
    return new ModelVersion(model.name(), String.valueOf(model.version()), model.checksum());
  }

  /**
   * The model that a configuration names: one of the store, or a file, which is copied into the
   * store if there is one.
   *
   * @throws UniassException if there is no such model, or if its signature is missing or wrong
   */
  public ModelFile configured(String station, String text) {
    insist();
    Path file = ModelFile.path(text);
    if (!Files.isRegularFile(file)) {
      if (folder != null && text.contains("@")) {
        return open(find(text));
      }
      return standIn(station, text);
    }
    String name = file.getFileName().toString();
    if (folder != null && (name.endsWith(ModelJar.ENDING) || name.endsWith(".jar"))) {
      return taken(intake.take(file, this::isKnown));
    }
    if (intake.insistsOnSignatures() || name.endsWith(".jar")) {
      throw new UniassException(
          "model: %s: signed models need a folder for state, --state DIR".formatted(file));
    }
    String checksum = ModelFile.checksum(file);
    return new ModelFile(
        file,
        checksum,
        model -> new ModelVersion(model, checksum.substring(0, VERSION_DIGITS), checksum));
  }

  /** What a file was that is gone since. */
  private synchronized ModelFile standIn(String station, String text) {
    StoredModel kept =
        state
            .configured(station, text)
            .orElseThrow(() -> new UniassException("model: there is no file " + text));
    LOG.warn(
        "Station '{}': there is no file {} any more; the store has it, as {}",
        station,
        text,
        kept.reference());
    return open(kept);
  }

  /**
   * Takes a model that arrives as bytes; it is in the store when its name is asked for.
   *
   * @throws UniassException if its signature is missing or wrong, or the disk is full
   */
  public ModelFile receive(Intake.Source source) {
    insistOnState();
    return taken(intake.receive(source));
  }

  private synchronized boolean isKnown(String checksum) {
    return state.models().stream().anyMatch(m -> m.checksum().equals(checksum) && !m.retired());
  }

  /** Whether a model that was added would be accepted today: whether its signature is needed. */
  public synchronized boolean isAccepted(String reference) {
    return isKept()
        && (!intake.insistsOnSignatures()
            || state.models().stream()
                .anyMatch(m -> m.reference().equals(reference) && !m.signer().isEmpty()));
  }

  /** Forgets a file that arrived and is not a model; one that lies elsewhere stays. */
  public synchronized void reject(ModelFile file) {
    boolean isCopy = folder != null && file.path().equals(file(file.checksum()));
    if (isCopy && !isKnown(file.checksum())) {
      Outputs.deleteQuietly(file.path());
    }
  }

  private ModelFile taken(Arrived arrived) {
    return new ModelFile(
        file(arrived.checksum()), arrived.checksum(), name -> version(register(name, arrived)));
  }

  private synchronized StoredModel register(String name, Arrived arrived) {
    Optional<StoredModel> known =
        state.models().stream().filter(m -> m.checksum().equals(arrived.checksum())).findFirst();
    if (known.isPresent() && !known.get().retired()) {
      return known.get();
    }
    StoredModel model =
        new StoredModel(
            name,
            state.nextVersion(name),
            arrived.checksum(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
            arrived.signer(),
            false);
    save(state.with(model));
    return model;
  }

  private void save(StoreState next) {
    next.write(folder.resolve(STATE));
    state = next;
  }

  /** Where the comparison of a station's models is kept. */
  public Path comparison(String station) {
    insistOnState();
    return folder.resolveSibling("shadow").resolve(station + ".jsonl");
  }

  /** A station begins with what its configuration names. */
  public synchronized void begin(String station, String reference, String configured, String file) {
    if (isKept()) {
      Map<String, List<ThresholdVersion>> thresholds =
          station(station).map(StationModels::thresholds).orElse(Map.of());
      save(
          state.with(
              station, new StationModels(configured, file, reference, List.of(), "", thresholds)));
    }
  }

  /** A station's configuration names the same model by another file. */
  public synchronized void renamed(String station, String file) {
    change(station, now -> now.named(file));
  }

  private void change(String station, UnaryOperator<StationModels> change) {
    insistOnState();
    StationModels now = state.stations().get(station);
    if (now == null) {
      throw new UniassException("station '" + station + "' uses no model of the store");
    }
    save(state.with(station, change.apply(now)));
  }

  /** Another model is in use from now on. */
  public synchronized void activate(String station, String reference) {
    change(station, now -> now.activate(reference));
  }

  /** An earlier model is in use again. */
  public synchronized void backTo(String station, String reference) {
    change(station, now -> now.backTo(reference));
  }

  /** Another model sees the same images; an empty reference ends that. */
  public synchronized void shadow(String station, String reference) {
    change(station, now -> now.withShadow(reference));
  }

  /** Sets the thresholds that were found at the line, the one in use at the end. */
  public synchronized void thresholds(
      String station, String reference, List<ThresholdVersion> versions) {
    change(station, now -> now.withThresholds(reference, versions));
  }

  /**
   * Takes a model out of use for good; its file is deleted.
   *
   * @throws UniassException if a station uses it
   */
  public synchronized StoredModel retire(String reference) {
    StoredModel model = find(reference);
    List<String> users = state.users(model.reference());
    if (!users.isEmpty()) {
      throw new UniassException(
          "%s is in use: station %s".formatted(model.reference(), String.join(", ", users)));
    }
    StoredModel retired = model.retire();
    save(state.with(retired));
    Outputs.deleteQuietly(file(model.checksum()));
    return retired;
  }
}
