/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import uniass.tensor.Recording.Recorder;
import uniass.tensor.Recording.Reference;

/**
 * Counts the multiply-accumulates of convolutions, matrix products and attention, as {@code
 * torch.utils.flop_counter} does. Operations on each element alone, norms, sums and resizing count
 * as nothing, by the field's custom. What scripts compute cannot be seen: the product's own are
 * listed here, and others are named.
 */
final class MultiplicationCounter implements Recorder {

  private static final String OWN_SCRIPTS = "uniass.model.";

  private static final Map<String, ToLongFunction<Call>> PRODUCTS = products();

  /** Methods of our scripts that multiply no matrices. */
  private static final Set<String> WITHOUT =
      Set.of(
          "backbone.ResNet.pool",
          "bank.BankNetwork.flipped",
          "bank.BankNetwork.mean",
          "bank.PatchBank.nearest#1",
          "bank.BankNetwork.patches",
          "bank.PatchBank.reweighted",
          "dinomaly.DinomalyNetwork.average",
          "dinomaly.DinomalyNetwork.distance",
          "map.PerLocation.of_most_similar",
          "map.RefinementHead.differences",
          "vit.VisionTransformer.embedded",
          "vit.VisionTransformer.level",
          "vit.VisionTransformer.resized");

  private final Set<String> uncounted = new TreeSet<>();
  private long sum;

  private static Map<String, ToLongFunction<Call>> products() {
    Map<String, ToLongFunction<Call>> products = new HashMap<>();
    products.put("conv2d", c -> c.convolution(1));
    products.put("linear", c -> c.size() * c.last(0));
    for (String product : List.of("matMul", "dot", "batchMatMul")) {
      products.put(product, c -> c.size() * c.last(0));
    }
    products.put("attention", c -> (c.size(0) + c.size()) * c.side(1, 2));
    products.put("blur", c -> c.size() * c.whole(1) * c.whole(1));
    products.put("backbone.ResNet.stem", c -> c.convolution(c.weight(0)));
    products.put("backbone.ResNet.block", MultiplicationCounter::residualBlock);
    products.put("bank.PatchBank.nearest#0", c -> c.size(0) * c.side(1, 0));
    products.put("vit.VisionTransformer.patches", c -> c.convolution(c.weight(0)));
    products.put(
        "vit.VisionTransformer.block", // queries with keys, weights with values
        c -> c.linear(2, 4, 9, 11) + 2 * c.size() * c.side(0, 1));
    products.put(
        "dinomaly.Decoder.block", // keys with values, queries with their product
        c -> c.linear(2, 4, 8, 10) + 2 * c.size() * c.last(0) / c.whole(2));
    return products;
  }

  /** Convolutions one after the other, each at the result's size but a first one of 1x1. */
  private static long residualBlock(Call call) {
    List<?> weights = (List<?>) call.arguments().get(1);
    long positions = call.size() / call.result().getShape().get(1);
    long before = call.size(0) / call.side(0, 1);
    long products = 0;
    for (int i = 0; i < weights.size(); i += 2) {
      boolean first = i == 0 && Call.shape(weights.get(0))[2] == 1;
      products += Call.size(weights.get(i)) * (first ? before : positions);
    }
    return products;
  }

  @Override
  public Object operation(String operation, List<Object> arguments, NDArray result) {
    boolean own = operation.startsWith(OWN_SCRIPTS);
    String name = own ? operation.substring(OWN_SCRIPTS.length()) : operation;
    ToLongFunction<Call> product = PRODUCTS.get(name);
    if (product != null) {
      sum += product.applyAsLong(new Call(arguments, result));
    } else if (name.contains(".") && !WITHOUT.contains(name)) {
      uncounted.add(operation);
    }
    return operation;
  }

  @Override
  public boolean shortened() {
    return false;
  }

  /** Notes that the rest could not be followed. */
  void gaveUp(String reason) {
    uncounted.add(reason);
  }

  /** Multiply-accumulates so far. */
  long sum() {
    return sum;
  }

  /** What was not counted, sorted. */
  Set<String> uncounted() {
    return Collections.unmodifiableSet(uncounted);
  }

  /** A recorded operation; its second argument may be a list of weights. */
  private record Call(List<Object> arguments, NDArray result) {

    static long[] shape(Object argument) {
      NDArray tensor = argument instanceof Reference known ? known.value() : (NDArray) argument;
      return tensor.getShape().getShape();
    }

    static long size(Object argument) {
      long size = 1;
      for (long side : shape(argument)) {
        size *= side;
      }
      return size;
    }

    /** Numbers in the result. */
    long size() {
      return result.size();
    }

    long size(int index) {
      return size(arguments.get(index));
    }

    long side(int index, int axis) {
      return shape(arguments.get(index))[axis];
    }

    long last(int index) {
      long[] shape = shape(arguments.get(index));
      return shape[shape.length - 1];
    }

    long whole(int index) {
      return ((Number) arguments.get(index)).longValue();
    }

    Object weight(int index) {
      return ((List<?>) arguments.get(1)).get(index);
    }

    long convolution(int index) {
      return convolution(arguments.get(index));
    }

    /** Each number of the result takes one of the weight's filters. */
    long convolution(Object weight) {
      return size() * size(weight) / shape(weight)[0];
    }

    /** Each token of the result (N,L,D) meets each of these weights once. */
    long linear(int... weights) {
      long tokens = size() / last(0);
      long products = 0;
      for (int weight : weights) {
        products += tokens * size(weight(weight));
      }
      return products;
    }
  }
}
