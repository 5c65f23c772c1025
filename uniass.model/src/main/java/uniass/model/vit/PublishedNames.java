/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uniass.api.checkpoint.TensorData;

/**
 * The names that published files have: torch hub's, which our parameters have too; those of Hugging
 * Face's transformers, where queries, keys and values are apart (DINOv3's keys without a bias); or
 * timm's, where the class token has no position and attention may have no bias.
 */
final class PublishedNames {

  private static final Pattern LAYER =
      Pattern.compile("(?:encoder\\.|model\\.)?layer\\.(\\d+)\\.(.+)\\.(weight|bias|lambda1)");

  private static final Pattern TIMM =
      Pattern.compile("(blocks\\.\\d+\\.)(?:gamma_([12])|attn\\.([qkv])_bias)");

  /** What registers are called in timm's files alone. */
  private static final String TIMM_REGISTERS = "reg_token";

  private static final Map<String, String> IN_LAYER =
      Map.ofEntries(
          Map.entry("norm1", "norm1"),
          Map.entry("norm2", "norm2"),
          Map.entry("attention.output.dense", "attn.proj"),
          Map.entry("attention.o_proj", "attn.proj"),
          Map.entry("layer_scale1", "ls1"),
          Map.entry("layer_scale2", "ls2"),
          Map.entry("mlp.fc1", "mlp.fc1"),
          Map.entry("mlp.fc2", "mlp.fc2"),
          Map.entry("mlp.up_proj", "mlp.fc1"),
          Map.entry("mlp.down_proj", "mlp.fc2"),
          Map.entry("attention.attention.query", "attn.q"),
          Map.entry("attention.attention.key", "attn.k"),
          Map.entry("attention.attention.value", "attn.v"),
          Map.entry("attention.q_proj", "attn.q"),
          Map.entry("attention.k_proj", "attn.k"),
          Map.entry("attention.v_proj", "attn.v"));

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("embeddings.cls_token", "cls_token"),
          Map.entry("embeddings.position_embeddings", "pos_embed"),
          Map.entry("embeddings.register_tokens", "register_tokens"),
          Map.entry("storage_tokens", "register_tokens"),
          Map.entry(TIMM_REGISTERS, "register_tokens"),
          Map.entry("embeddings.patch_embeddings.projection.weight", "patch_embed.proj.weight"),
          Map.entry("embeddings.patch_embeddings.projection.bias", "patch_embed.proj.bias"),
          Map.entry("embeddings.patch_embeddings.weight", "patch_embed.proj.weight"),
          Map.entry("embeddings.patch_embeddings.bias", "patch_embed.proj.bias"),
          Map.entry("layernorm.weight", "norm.weight"),
          Map.entry("layernorm.bias", "norm.bias"));

  private PublishedNames() {}

  /** Returns the tensors under our names; what is not known keeps its name. */
  static Map<String, TensorData> adapted(Map<String, TensorData> published) {
    Map<String, TensorData> renamed = new LinkedHashMap<>();
    published.forEach((name, tensor) -> renamed.put(renamed(name), tensor));
    Map<String, TensorData> result = new LinkedHashMap<>();
    renamed.forEach(
        (name, tensor) -> {
          if (name.matches(".*\\.attn\\.q\\.(weight|bias)")) {
            String kind = name.substring(name.lastIndexOf('.') + 1);
            String block = name.substring(0, name.length() - ("q." + kind).length());
            result.put(block + "qkv." + kind, joined(renamed, block, kind, tensor));
          } else if (name.endsWith(".attn.qkv.bias")) {
            String mask = name + "_mask";
            result.put(name, renamed.containsKey(mask) ? keysZeroed(tensor) : tensor);
          } else if (!name.matches(".*\\.attn\\.([qkv]\\.(weight|bias)|qkv\\.bias_mask)")) {
            result.put(name, tensor);
          }
        });
    if (published.containsKey(TIMM_REGISTERS)) {
      completeTimm(result);
    }
    return result;
  }

  /** Adds the biases that timm leaves out if they are zero, and the class token's position. */
  private static void completeTimm(Map<String, TensorData> tensors) {
    for (String name : List.copyOf(tensors.keySet())) {
      TensorData tensor = tensors.get(name);
      if (name.endsWith(".attn.qkv.weight")) {
        String bias = name.substring(0, name.length() - "weight".length()) + "bias";
        int size = Math.toIntExact(tensor.data().remaining() / tensor.shape()[1]);
        tensors.putIfAbsent(
            bias,
            new TensorData(
                tensor.type(), new long[] {tensor.shape()[0]}, ByteBuffer.allocate(size)));
      } else if (name.equals("pos_embed")) {
        long[] shape = tensor.shape().clone();
        int bytes = tensor.data().remaining();
        int row = Math.toIntExact(bytes / shape[1]);
        shape[1]++;
        ByteBuffer data = ByteBuffer.allocate(row + bytes).order(tensor.data().order());
        data.position(row).put(tensor.data().duplicate());
        tensors.put(name, new TensorData(tensor.type(), shape, data.flip()));
      }
    }
  }

  private static String renamed(String name) {
    Matcher layer = LAYER.matcher(name);
    if (layer.matches() && IN_LAYER.containsKey(layer.group(2))) {
      String last = layer.group(3).equals("lambda1") ? "gamma" : layer.group(3);
      return "blocks." + layer.group(1) + "." + IN_LAYER.get(layer.group(2)) + "." + last;
    }
    Matcher timm = TIMM.matcher(name);
    if (timm.matches()) {
      return timm.group(2) != null
          ? timm.group(1) + "ls" + timm.group(2) + ".gamma"
          : timm.group(1) + "attn." + timm.group(3) + ".bias";
    }
    return OTHERS.getOrDefault(name, name);
  }

  /** Queries, keys and values one below the other; a bias that is not there is zero. */
  private static TensorData joined(
      Map<String, TensorData> tensors, String block, String kind, TensorData query) {
    int bytes = query.data().remaining();
    ByteBuffer all = ByteBuffer.allocate(3 * bytes).order(query.data().order());
    for (String part : new String[] {"q", "k", "v"}) {
      TensorData one = tensors.get(block + part + "." + kind);
      if (one != null) {
        all.put(one.data().duplicate());
      } else {
        all.position(all.position() + bytes);
      }
    }
    long[] shape = query.shape().clone();
    shape[0] *= 3;
    return new TensorData(query.type(), shape, all.flip());
  }

  /** DINOv3's own files hold numbers for the keys' bias that its code masks. */
  private static TensorData keysZeroed(TensorData bias) {
    ByteBuffer data = bias.data();
    int third = data.remaining() / 3;
    ByteBuffer copy = ByteBuffer.allocate(data.remaining()).order(data.order());
    copy.put(data.duplicate());
    for (int i = third; i < 2 * third; i++) {
      copy.put(i, (byte) 0);
    }
    return new TensorData(bias.type(), bias.shape(), copy.flip());
  }
}
