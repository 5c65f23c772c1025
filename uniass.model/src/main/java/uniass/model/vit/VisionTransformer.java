/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.checkpoint.TensorData;
import uniass.api.data.Normalization;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;
import uniass.tensor.Script;

/**
 * A plain vision transformer, frozen. Its levels are the outputs of chosen blocks, all on one grid
 * of patches; with {@code pyramid} they are resampled to strides 2, 4, 8 and 16 for networks that
 * need such.
 */
abstract class VisionTransformer implements Backbone {

  static final Script SCRIPT = Script.load(VisionTransformer.class);

  private static final String LAYERS = "layers";
  private static final String PYRAMID = "pyramid";
  private static final String LAYER_NORM = "layer-norm";
  private static final List<Integer> PYRAMID_STRIDES = List.of(2, 4, 8, 16);

  private final String id;
  private final VitShape vit;

  VisionTransformer(String id, VitShape vit) {
    this.id = id;
    this.vit = vit;
  }

  /** The sizes. */
  final VitShape vit() {
    return vit;
  }

  /** What the layer norms add to the variance. */
  abstract double normEps();

  /** Makes what comes before the first block. */
  abstract Stem stem(ParameterScope scope, NetworkShape network, Settings settings);

  /** What comes before the first block, and what the blocks need to know of positions. */
  interface Stem {

    /** Tokens (N,T,D): class token and registers before the patches. */
    NDArray tokens(NDArray images, Pass pass);

    /** Class token and registers. */
    int extraTokens();

    /** Cosines and sines of rotary positions, each (L, D / heads); empty if there are none. */
    NDList rotations(Pass pass);
  }

  @Override
  public List<Setting> settings() {
    List<String> quarters = new ArrayList<>();
    for (int quarter = 1; quarter <= 4; quarter++) {
      quarters.add(String.valueOf(vit.depth() * quarter / 4));
    }
    return List.of(
        Setting.texts(
            LAYERS,
            quarters,
            List.of(),
            "the blocks whose outputs are the levels, 1 to %d, ascending".formatted(vit.depth())),
        Setting.flag(
            PYRAMID,
            false,
            "resample the levels to strides 2, 4, 8, 16, as network uniass needs them (four layers)"),
        Setting.flag(
            LAYER_NORM,
            true,
            "apply the transformer's last norm to the levels; published Dinomaly does not"));
  }

  @Override
  public List<String> refusals(NetworkShape network, Settings settings) {
    List<String> reasons = new ArrayList<>();
    List<Integer> layers = layers(settings, reasons);
    if (settings.flag(PYRAMID) && layers.size() != PYRAMID_STRIDES.size()) {
      reasons.add("model.backbone.pyramid needs four layers, not " + layers.size());
    }
    size("height", network.imageHeight(), reasons);
    size("width", network.imageWidth(), reasons);
    return reasons;
  }

  private List<Integer> layers(Settings settings, List<String> reasons) {
    List<Integer> layers = new ArrayList<>();
    for (String text : settings.texts(LAYERS)) {
      int layer = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
      int last = layers.isEmpty() ? 0 : layers.get(layers.size() - 1);
      if (layer <= last || layer > vit.depth()) {
        reasons.add(
            "model.backbone.layers has '%s'; write ascending numbers from 1 to %d"
                .formatted(text, vit.depth()));
        return layers;
      }
      layers.add(layer);
    }
    if (layers.isEmpty()) {
      reasons.add("model.backbone.layers is empty; name at least one block");
    }
    return layers;
  }

  private void size(String side, int pixels, List<String> reasons) {
    if (pixels % vit.patch() != 0) {
      int step = Math.max(16, 8 * vit.patch()); // image sizes are multiples of 16, too
      int below = Math.max(1, pixels / step) * step;
      reasons.add(
          "image %s %d px is not a multiple of %s's patches of %d px: take %d or %d"
              .formatted(side, pixels, id, vit.patch(), below, below + step));
    }
  }

  @Override
  public List<Integer> channels(Settings settings) {
    return Collections.nCopies(settings.texts(LAYERS).size(), vit.width());
  }

  /** Position codes are made for one size. */
  @Override
  public boolean anySize(Settings settings) {
    return false;
  }

  @Override
  public List<Integer> strides(Settings settings) {
    return settings.flag(PYRAMID)
        ? PYRAMID_STRIDES
        : Collections.nCopies(settings.texts(LAYERS).size(), vit.patch());
  }

  @Override
  public Normalization normalization(Settings settings) {
    return Normalization.IMAGENET;
  }

  @Override
  public Optional<String> architecture(Settings settings) {
    return Optional.of(id);
  }

  @Override
  public Map<String, TensorData> adapted(Map<String, TensorData> published, Settings settings) {
    return PublishedNames.adapted(published);
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape network, Settings settings) {
    ParameterScope frozen = scope.frozen();
    Stem stem = stem(frozen, network, settings);
    List<Integer> layers = layers(settings, new ArrayList<>());
    List<NDList> blocks = new ArrayList<>();
    for (int b = 0; b < layers.get(layers.size() - 1); b++) {
      blocks.add(block(frozen.child("blocks." + b)));
    }
    NDList norm = settings.flag(LAYER_NORM) ? norm(frozen.child("norm")) : new NDList();
    List<Integer> strides = settings.flag(PYRAMID) ? PYRAMID_STRIDES : List.of();
    return new Network(stem, blocks, norm, layers, strides);
  }

  private NDList block(ParameterScope scope) {
    int width = vit.width();
    NDList weights = norm(scope.child("norm1"));
    weights.addAll(linear(scope.child("attn.qkv"), 3 * width, width));
    weights.addAll(linear(scope.child("attn.proj"), width, width));
    weights.add(scope.child("ls1").parameter("gamma", Init.ones(), width));
    weights.addAll(norm(scope.child("norm2")));
    weights.addAll(linear(scope.child("mlp.fc1"), 4 * width, width));
    weights.addAll(linear(scope.child("mlp.fc2"), width, 4 * width));
    weights.add(scope.child("ls2").parameter("gamma", Init.ones(), width));
    return weights;
  }

  private NDList norm(ParameterScope scope) {
    return new NDList(
        scope.parameter("weight", Init.ones(), vit.width()),
        scope.parameter("bias", Init.zeros(), vit.width()));
  }

  private static NDList linear(ParameterScope scope, int outputs, int inputs) {
    return new NDList(
        scope.parameter("weight", Init.xavierUniform(), outputs, inputs),
        scope.parameter("bias", Init.zeros(), outputs));
  }

  /** The patches' projection: kernel (D,3,p,p) and bias. */
  final NDList patches(ParameterScope scope) {
    ParameterScope own = scope.child("patch_embed.proj");
    return new NDList(
        own.parameter("weight", Init.fanInXavier(), vit.width(), 3, vit.patch(), vit.patch()),
        own.parameter("bias", Init.zeros(), vit.width()));
  }

  private final class Network implements Layer {

    private final Stem stem;
    private final List<NDList> blocks;
    private final NDList norm;
    private final List<Integer> layers;
    private final List<Integer> strides;

    Network(
        Stem stem, List<NDList> blocks, NDList norm, List<Integer> layers, List<Integer> strides) {
      this.stem = stem;
      this.blocks = blocks;
      this.norm = norm;
      this.layers = layers;
      this.strides = strides;
    }

    @Override
    public NDList forward(NDArray images, Pass pass) {
      long height = images.getShape().get(2);
      long width = images.getShape().get(3);
      NDList rotations = stem.rotations(pass);
      NDList levels = new NDList();
      NDArray x = Scopes.keepOne(() -> stem.tokens(images, pass));
      for (int b = 0; b < blocks.size(); b++) {
        NDArray input = x;
        NDList weights = blocks.get(b);
        x =
            SCRIPT.apply(
                "block", input, weights, rotations, vit.heads(), stem.extraTokens(), normEps());
        input.close();
        int k = layers.indexOf(b + 1);
        if (k >= 0) {
          NDArray level =
              SCRIPT.apply(
                  "level",
                  x,
                  norm,
                  stem.extraTokens(),
                  normEps(),
                  height / vit.patch(),
                  width / vit.patch());
          levels.add(
              strides.isEmpty()
                  ? level
                  : SCRIPT.apply(
                      "resized", level, height / strides.get(k), width / strides.get(k)));
        }
      }
      x.close();
      return levels;
    }
  }
}
