/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes plans from the {@code model} section of an experiment in JSON; dropout and jitter off. */
final class Experiments {

  private Experiments() {}

  static PlanBuilder plan(JsonObject model, int height, int width) {
    PlanBuilder plan =
        new PlanBuilder().image(height, width).hidden(model.get("hidden").getAsInt());
    plan.backbone(name(model.get("backbone"))).features(name(model.get("features")));
    JsonElement decoder = model.get("pixel-decoder");
    plan.pixelDecoder(name(decoder), undropped(decoder, name(decoder).equals("transformer-fpn")));
    plan.attention(name(model.get("attention")), undropped(model.get("attention"), true));
    plan.gatedCnn(name(model.get("gated-cnn")), settings(model.get("gated-cnn")));
    JsonObject query = model.getAsJsonObject("query");
    plan.query(query.get("projector").getAsString(), query.get("processor").getAsString());
    plan.maps(name(model.get("map-filter")), name(model.get("fusion")));
    if (model.has("network")) {
      plan.network(name(model.get("network")), settings(model.get("network")));
    }
    return plan.jitter(20, 0);
  }

  static PlanBuilder loss(PlanBuilder plan, JsonObject model, String cosine) {
    JsonObject loss = model.getAsJsonObject("loss");
    List<String> terms = new ArrayList<>();
    loss.getAsJsonArray("terms").forEach(term -> terms.add(term.getAsString()));
    return plan.loss(terms, cosine, loss.get("weight").getAsDouble());
  }

  private static String name(JsonElement part) {
    return part.isJsonPrimitive()
        ? part.getAsString()
        : part.getAsJsonObject().get("name").getAsString();
  }

  private static Map<String, Object> undropped(JsonElement part, boolean drops) {
    Map<String, Object> settings = settings(part);
    if (drops) {
      settings.put("dropout", 0.0);
    }
    return settings;
  }

  private static Map<String, Object> settings(JsonElement part) {
    Map<String, Object> settings = new HashMap<>();
    if (part.isJsonObject()) {
      part.getAsJsonObject()
          .entrySet()
          .forEach(entry -> settings.put(entry.getKey(), value(entry.getValue())));
      settings.remove("name");
    }
    return settings;
  }

  private static Object value(JsonElement value) {
    if (value instanceof JsonArray list) {
      List<String> texts = new ArrayList<>();
      list.forEach(element -> texts.add(element.getAsString()));
      return texts;
    }
    JsonPrimitive primitive = value.getAsJsonPrimitive();
    return primitive.isNumber() ? (Object) primitive.getAsDouble() : primitive.getAsString();
  }
}
