/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import uniass.api.data.Tiling;

/**
 * How to open a model. Immutable: each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * InspectionOptions options =
 *     InspectionOptions.defaults().withDevice("cpu").withBatch(1).withCategory("bottle");
 * }</pre>
 */
public final class InspectionOptions {

  private static final InspectionOptions DEFAULTS =
      new InspectionOptions(
          null, "auto", 8, null, new View(true, null, OptionalLong.empty(), null));

  private final String experiment;
  private final String device;
  private final int batch;
  private final String category;
  private final View view;

  private InspectionOptions(
      String experiment, String device, int batch, String category, View view) {
    this.experiment = experiment;
    this.device = device;
    this.batch = batch;
    this.category = category;
    this.view = view;
  }

  private record View(boolean asTrained, Tiling tiles, OptionalLong maximumPixels, String engine) {}

  /**
   * The model's own experiment, any device, batches of 8, the threshold for all categories, tiles
   * as in training.
   */
  public static InspectionOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The experiment that describes the network, needed only for models that do not carry theirs.
   *
   * @param source a file or the name of a shipped experiment
   */
  public InspectionOptions withExperiment(String source) {
    return new InspectionOptions(Objects.requireNonNull(source), device, batch, category, view);
  }

  /**
   * The device to compute on.
   *
   * @param name {@code auto} (the first GPU that works, else the CPU), {@code cpu} or {@code
   *     cuda:N}
   */
  public InspectionOptions withDevice(String name) {
    return new InspectionOptions(experiment, Objects.requireNonNull(name), batch, category, view);
  }

  /** The number of images, or tiles, per forward pass; at least 1. */
  public InspectionOptions withBatch(int images) {
    return new InspectionOptions(experiment, device, images, category, view);
  }

  /** The category whose threshold decides, rather than the one for all categories. */
  public InspectionOptions withCategory(String name) {
    return new InspectionOptions(experiment, device, batch, Objects.requireNonNull(name), view);
  }

  /**
   * Cuts images into tiles, other than in training.
   *
   * @param size height and width of a tile in the image's pixels: a multiple of 16 from 32 on
   * @param overlap pixels that neighboring tiles share: 0 to half the size
   */
  public InspectionOptions withTiles(int size, int overlap) {
    return with(new View(false, new Tiling(size, overlap), view.maximumPixels(), view.engine()));
  }

  /** Resizes whole images to the model's size, also if the model was trained with tiles. */
  public InspectionOptions withoutTiles() {
    return with(new View(false, null, view.maximumPixels(), view.engine()));
  }

  /** Refuses images that claim more pixels, before they are decoded; at least 1. */
  public InspectionOptions withMaximumPixels(long pixels) {
    return with(new View(view.asTrained(), view.tiles(), OptionalLong.of(pixels), view.engine()));
  }

  /**
   * What computes.
   *
   * @param name {@code pytorch} or {@code onnx}; the file's ending decides if this is not called. A
   *     model that is not exported has its {@code .onnx} file, made of it, beside it
   */
  public InspectionOptions withEngine(String name) {
    return with(
        new View(
            view.asTrained(), view.tiles(), view.maximumPixels(), Objects.requireNonNull(name)));
  }

  private InspectionOptions with(View other) {
    return new InspectionOptions(experiment, device, batch, category, other);
  }

  /** The experiment that describes the network; empty for the model's own. */
  public Optional<String> experiment() {
    return Optional.ofNullable(experiment);
  }

  /** The device to compute on. */
  public String device() {
    return device;
  }

  /** Images, or tiles, per forward pass. */
  public int batch() {
    return batch;
  }

  /** The category whose threshold decides; empty for the threshold for all categories. */
  public Optional<String> category() {
    return Optional.ofNullable(category);
  }

  /** Whether images are cut as in training; {@link #tiles} is then empty. */
  public boolean tilesAsTrained() {
    return view.asTrained();
  }

  /** How images are cut; empty for whole images, and for tiles as in training. */
  public Optional<Tiling> tiles() {
    return Optional.ofNullable(view.tiles());
  }

  /** The largest image that is decoded; empty for the model's own limit. */
  public OptionalLong maximumPixels() {
    return view.maximumPixels();
  }

  /** What computes; empty if the file's ending decides. */
  public Optional<String> engine() {
    return Optional.ofNullable(view.engine());
  }
}
