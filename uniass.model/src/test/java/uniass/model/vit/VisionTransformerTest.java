/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.checkpoint.TensorData;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.model.golden.Fill;
import uniass.model.network.StoredBackbone;
import uniass.tensor.Engines;
import uniass.tensor.Ops;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;

/** Vision transformers against timm's, both with the deterministic weights of small ones. */
class VisionTransformerTest {

  private static final int WIDTH = 48;

  private static final class SmallDinov2 extends Dinov2 {
    SmallDinov2() {
      super("dinov2-small", new VitShape(WIDTH, 4, 3, 14));
    }
  }

  private static final class SmallDinov3 extends Dinov3 {
    SmallDinov3() {
      super("dinov3-small", new VitShape(WIDTH, 4, 3, 16));
    }
  }

  private static Configured<Backbone> configured(Backbone part, Map<String, Object> settings) {
    return new Configured<>("vit", part, Settings.defaults(part, settings));
  }

  @Test
  void dinov2Agrees() {
    StoredBackbone.assertAgrees("dinov2", configured(new SmallDinov2(), Map.of()), store -> {});
  }

  @Test
  void dinov2WithRegistersAgrees() {
    StoredBackbone.assertAgrees(
        "dinov2-registers", configured(new SmallDinov2(), Map.of("registers", true)), store -> {});
  }

  @Test
  void dinov3Agrees() {
    StoredBackbone.assertAgrees(
        "dinov3",
        configured(new SmallDinov3(), Map.of()),
        store -> {
          for (Parameter parameter : store.parameters()) {
            if (parameter.name().endsWith("qkv.bias")) { // keys have none
              float[] values = parameter.value().toFloatArray();
              Arrays.fill(values, WIDTH, 2 * WIDTH, 0);
              parameter.value().set(FloatBuffer.wrap(values));
            }
          }
          store.allChanged();
        });
  }

  @Test
  void theLastLayersAreNotBuiltIfNobodyNeedsThem() {
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 1)) {
      Configured<Backbone> vit = configured(new SmallDinov3(), Map.of("layers", List.of("2")));
      vit.part()
          .create(
              store.root().child("backbone"),
              new NetworkShape(32, 32, 32, List.of(WIDTH), List.of(WIDTH)),
              vit.settings());
      assertTrue(
          store.parameters().stream().noneMatch(p -> p.name().startsWith("backbone.blocks.2")));
      assertEquals(List.of(16), vit.part().strides(vit.settings()));
    }
  }

  @Test
  void thePyramidHasTheStridesOfTheNetwork() {
    try (NDManager manager = Engines.load().newManager(Device.cpu());
        ParameterStore store = new ParameterStore(manager.newSubManager(), 1)) {
      Configured<Backbone> vit = configured(new SmallDinov2(), Map.of("pyramid", true));
      List<Integer> channels = vit.part().channels(vit.settings());
      NDList levels =
          vit.part()
              .create(
                  store.root().child("backbone"),
                  new NetworkShape(112, 224, 32, channels, channels),
                  vit.settings())
              .forward(Fill.input(manager, 1, 3, 112, 224), Pass.inference());
      assertEquals(List.of(2, 4, 8, 16), vit.part().strides(vit.settings()));
      for (int k = 0; k < 4; k++) {
        assertArrayEquals(
            new long[] {1, WIDTH, 56 >> k, 112 >> k}, levels.get(k).getShape().getShape());
      }
    }
  }

  @Test
  void levelsAreNotNormalizedIfTheSettingSaysSo() {
    Map<String, Object> raw = Map.of("layers", List.of("2"), "layer-norm", false);
    NDList levels = new NDList();
    try (NDManager manager = Engines.load().newManager(Device.cpu())) {
      for (Map<String, Object> settings :
          List.of(Map.<String, Object>of("layers", List.of("2")), raw)) {
        try (ParameterStore store = new ParameterStore(manager.newSubManager(), 1)) {
          Configured<Backbone> vit = configured(new SmallDinov3(), settings);
          levels.addAll(
              vit.part()
                  .create(
                      store.root().child("backbone"),
                      new NetworkShape(32, 32, 32, List.of(WIDTH), List.of(WIDTH)),
                      vit.settings())
                  .forward(Fill.input(manager, 1, 3, 32, 32), Pass.inference()));
          assertEquals(settings != raw, store.get("backbone.norm.weight") != null);
        }
      }
      float[] expected = levels.get(0).toFloatArray();
      float[] normalized =
          Ops.toImage(Ops.layerNorm(Ops.toTokens(levels.get(1)), null, null, 1e-5), 2, 2)
              .toFloatArray();
      assertArrayEquals(expected, normalized, 1e-5f);
    }
  }

  private static List<String> refusals(int size, Map<String, Object> settings) {
    Configured<Backbone> vit = configured(new Dinov2S14(), settings);
    List<Integer> channels = vit.part().channels(vit.settings());
    return vit.part()
        .refusals(new NetworkShape(size, 224, 256, channels, channels), vit.settings());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertEquals(List.of(), refusals(224, Map.of()));
    assertEquals(
        List.of(
            "image height 256 px is not a multiple of dinov2-s14's patches of 14 px:"
                + " take 224 or 336"),
        refusals(256, Map.of()));
    assertEquals(
        List.of("model.backbone.layers has '13'; write ascending numbers from 1 to 12"),
        refusals(224, Map.of("layers", List.of("6", "13"))));
    assertEquals(
        List.of("model.backbone.layers has '6'; write ascending numbers from 1 to 12"),
        refusals(224, Map.of("layers", List.of("6", "6"))));
    assertEquals(
        List.of("model.backbone.pyramid needs four layers, not 2"),
        refusals(224, Map.of("layers", List.of("6", "12"), "pyramid", true)));
  }

  /** One tensor, each of whose elements is a number of its own. */
  private static TensorData tensor(int first, long... shape) {
    int size = 1;
    for (long side : shape) {
      size *= (int) side;
    }
    ByteBuffer data = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      data.putFloat(first + i);
    }
    return new TensorData("F32", shape, data.flip());
  }

  private static float[] values(TensorData tensor) {
    float[] values = new float[tensor.data().remaining() / 4];
    tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoder.layer.0.attention.attention.query,encoder.layer.0.attention.attention.key,"
            + "encoder.layer.0.attention.attention.value",
        "layer.0.attention.q_proj,layer.0.attention.k_proj,layer.0.attention.v_proj",
        "model.layer.0.attention.q_proj,model.layer.0.attention.k_proj,"
            + "model.layer.0.attention.v_proj"
      })
  void queriesKeysAndValuesOfHuggingFaceAreJoined(String names) {
    String[] parts = names.split(",");
    Map<String, TensorData> published = new LinkedHashMap<>();
    published.put(parts[0] + ".weight", tensor(0, 2, 2));
    published.put(parts[1] + ".weight", tensor(10, 2, 2));
    published.put(parts[2] + ".weight", tensor(20, 2, 2));
    published.put(parts[0] + ".bias", tensor(30, 2));
    published.put(parts[2] + ".bias", tensor(40, 2)); // as DINOv3: none of the keys
    Map<String, TensorData> ours = PublishedNames.adapted(published);
    assertEquals(
        List.of("blocks.0.attn.qkv.weight", "blocks.0.attn.qkv.bias"), List.copyOf(ours.keySet()));
    assertArrayEquals(new long[] {6, 2}, ours.get("blocks.0.attn.qkv.weight").shape());
    assertArrayEquals(
        new float[] {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23},
        values(ours.get("blocks.0.attn.qkv.weight")));
    assertArrayEquals(
        new float[] {30, 31, 0, 0, 40, 41}, values(ours.get("blocks.0.attn.qkv.bias")));
  }

  @Test
  void theMaskedBiasOfDinov3sKeysIsZero() {
    Map<String, TensorData> published = new LinkedHashMap<>();
    published.put("blocks.0.attn.qkv.bias", tensor(1, 6));
    published.put("blocks.0.attn.qkv.bias_mask", tensor(9, 6));
    published.put("storage_tokens", tensor(0, 1, 4, 2));
    Map<String, TensorData> ours = PublishedNames.adapted(published);
    assertEquals(List.of("blocks.0.attn.qkv.bias", "register_tokens"), List.copyOf(ours.keySet()));
    assertArrayEquals(new float[] {1, 2, 0, 0, 5, 6}, values(ours.get("blocks.0.attn.qkv.bias")));
  }

  @Test
  void timmsFilesAreCompleted() {
    Map<String, TensorData> published = new LinkedHashMap<>();
    published.put("reg_token", tensor(0, 1, 4, 2));
    published.put("pos_embed", tensor(1, 1, 4, 2));
    published.put("blocks.0.gamma_1", tensor(0, 2));
    published.put("blocks.0.attn.qkv.weight", tensor(0, 6, 2));
    published.put("blocks.0.attn.q_bias", tensor(30, 2));
    published.put("blocks.0.attn.v_bias", tensor(40, 2));
    published.put("blocks.1.attn.qkv.weight", tensor(0, 6, 2));
    Map<String, TensorData> ours = PublishedNames.adapted(published);
    assertEquals(
        Set.of(
            "register_tokens",
            "pos_embed",
            "blocks.0.ls1.gamma",
            "blocks.0.attn.qkv.weight",
            "blocks.0.attn.qkv.bias",
            "blocks.1.attn.qkv.weight",
            "blocks.1.attn.qkv.bias"),
        ours.keySet());
    assertArrayEquals(new long[] {1, 5, 2}, ours.get("pos_embed").shape());
    assertArrayEquals(new float[] {0, 0, 1, 2, 3, 4, 5, 6, 7, 8}, values(ours.get("pos_embed")));
    assertArrayEquals(
        new float[] {30, 31, 0, 0, 40, 41}, values(ours.get("blocks.0.attn.qkv.bias")));
    assertArrayEquals(new float[6], values(ours.get("blocks.1.attn.qkv.bias")));
  }

  @Test
  void hubsOwnNamesStay() {
    Map<String, TensorData> published = new LinkedHashMap<>();
    for (String name :
        List.of("cls_token", "pos_embed", "blocks.3.attn.qkv.weight", "blocks.3.ls1.gamma")) {
      published.put(name, tensor(0, 1));
    }
    assertEquals(published, PublishedNames.adapted(published));
  }
}
