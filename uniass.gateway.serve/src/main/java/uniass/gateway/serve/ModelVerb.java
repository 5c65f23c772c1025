/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uniass.api.UniassException;
import uniass.shell.verb.CommonOptions;
import uniass.shell.verb.Words;

@Command(
    name = "model",
    description = {
      "Shows and changes which models a running gateway uses: list, add, activate, rollback,",
      "shadow, compare, promote, drop, retire, recalibrate."
    },
    footer = {
      "",
      "Example: uniass model add runs/bottles/model.safetensors",
      "         uniass model shadow bottles@2 --station line3",
      "         uniass model recalibrate --station line3 --apply"
    })
final class ModelVerb implements Callable<Integer> {

  private static final List<String> ACTIONS =
      List.of(
          "list",
          "add",
          "activate",
          "rollback",
          "shadow",
          "compare",
          "promote",
          "drop",
          "retire",
          "recalibrate");

  private static final List<String> WITH_MODEL = List.of("add", "activate", "shadow", "retire");

  @Parameters(index = "0", paramLabel = "ACTION", description = "what to do")
  private String action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "add: a .safetensors file, or a jar with one; else name@version")
  private String model;

  @Option(names = "--station", paramLabel = "NAME", description = "whose; default: default")
  private String station = "default";

  @Option(names = "--apply", description = "recalibrate: use the threshold that is proposed")
  private boolean apply;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = "what serve printed; default http://127.0.0.1:8080/uniass/")
  private String gateway = "http://127.0.0.1:8080/uniass/";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "the gateway's token file; its last token is sent")
  private Path tokens;

  @Option(names = "--json", description = "print what the gateway answers")
  private boolean json;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private final PrintStream err;

  ModelVerb(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Words.check(spec, "action", action, ACTIONS);
    if (WITH_MODEL.contains(action) && model == null) {
      throw new ParameterException(
          spec.commandLine(), "model %s: which model?".formatted(action));
    }
    GatewayClient client = new GatewayClient(gateway, Optional.ofNullable(tokens));
    JsonObject answer = answer(client);
    if (json) {
      out.println(answer);
    } else {
      show(answer);
    }
    return 0;
  }

  private JsonObject answer(GatewayClient client) {
    String here = "stations/" + station + "/";
    return switch (action) {
      case "list" -> client.get("models");
      case "add" -> client.post("models", file());
      case "retire" -> client.post("models/" + model + "/retire", Optional.empty());
      case "activate", "shadow" -> client.post(here + action, Optional.of(reference()));
      case "compare" -> client.get(here + "shadow");
      case "promote", "drop" -> client.post(here + "shadow/" + action, Optional.empty());
      case "rollback" -> client.post(here + action, Optional.empty());
      default -> recalibrate(client, here + "recalibration");
    };
  }

  private Path file() {
    Path file = Path.of(model);
    if (!Files.isRegularFile(file)) {
      throw new UniassException("there is no file " + file);
    }
    return file;
  }

  private JsonObject reference() {
    JsonObject body = new JsonObject();
    body.addProperty("model", model);
    return body;
  }

  private JsonObject recalibrate(GatewayClient client, String path) {
    JsonObject proposal = client.get(path);
    if (!apply) {
      return proposal;
    }
    err.println(proposal(proposal));
    JsonObject body = new JsonObject();
    body.add("threshold", proposal.get("proposed"));
    return client.post(path, Optional.of(body));
  }

  private void show(JsonObject answer) {
    if (answer.has("models")) {
      if (answer.getAsJsonArray("models").isEmpty()) {
        err.println("the gateway has no model store, or nothing in it: serve --state DIR makes one");
      }
      for (JsonElement one : answer.getAsJsonArray("models")) {
        out.println(line(one.getAsJsonObject()));
      }
    } else if (answer.has("checksum")) {
      out.println(line(answer));
    } else if (answer.has("agreement")) {
      out.println("shadow: " + answer.get("model").getAsString());
      for (JsonElement one : answer.getAsJsonArray("agreement")) {
        JsonObject cell = one.getAsJsonObject();
        out.printf(
            "%-10s here, %-10s there: %d images%n",
            cell.get("verdict").getAsString(),
            cell.get("shadow").getAsString(),
            cell.get("images").getAsLong());
      }
    } else if (answer.has("proposed")) {
      out.println(proposal(answer));
    } else {
      out.println(station(answer));
    }
  }

  private static String line(JsonObject model) {
    StringBuilder line = new StringBuilder(model.get("model").getAsString());
    line.append("  ").append(model.get("checksum").getAsString(), 0, 12);
    line.append("  added ").append(model.get("added").getAsString());
    names(model, "active").ifPresent(names -> line.append("  active: ").append(names));
    names(model, "shadow").ifPresent(names -> line.append("  shadow: ").append(names));
    String signer = model.get("signer").getAsString();
    line.append(signer.isEmpty() ? "" : "  signed by " + signer);
    line.append(model.get("retired").getAsBoolean() ? "  retired" : "");
    return line.toString();
  }

  private static Optional<String> names(JsonObject model, String key) {
    String names =
        String.join(
            ", ",
            StreamSupport.stream(model.getAsJsonArray(key).spliterator(), false)
                .map(JsonElement::getAsString)
                .toList());
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private static String proposal(JsonObject proposal) {
    return "threshold %s instead of %s, from %d confirmed images: %d of the last results become anomalous, %d normal; %s"
        .formatted(
            proposal.get("proposed"),
            proposal.has("threshold") ? proposal.get("threshold") : "none",
            proposal.get("images").getAsInt(),
            proposal.getAsJsonArray("now-anomalous").size(),
            proposal.getAsJsonArray("now-normal").size(),
            proposal.get("promise").getAsString());
  }

  private static String station(JsonObject station) {
    JsonObject model = station.getAsJsonObject("model");
    return "station '%s': %s@%s, threshold %s (version %d), images %s"
        .formatted(
            station.get("name").getAsString(),
            model.get("name").getAsString(),
            model.get("version").getAsString(),
            station.has("threshold") ? station.get("threshold") : "none",
            station.get("threshold-version").getAsInt(),
            station.getAsJsonObject("condition").get("state").getAsString());
  }
}
