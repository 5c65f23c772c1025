/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uniass.api.experiment.CommandLine;
import uniass.shell.Json;
import uniass.shell.verb.CommonOptions;

@Command(
    name = "doctor",
    description = {
      "Says what this installation is made of, tests each device for five seconds,",
      "and how to fix what is wrong. Exits with 0 if the product can work.",
      "--json is for support: it has no names of users, and no variables but the product's."
    },
    footer = {"", "Example: uniass doctor --device cuda:0"})
final class DoctorVerb implements Callable<Integer> {

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "test only this one: auto, cpu or cuda:N; default: all")
  private String device;

  @Option(names = "--json", description = "print the result as one JSON object")
  private boolean json;

  @Mixin private CommonOptions common;

  private final BiFunction<Optional<String>, Boolean, Examination> examine;
  private final Anonymous anonymous;
  private final PrintStream out;

  /**
   * Makes the command.
   *
   * @param examine examines, given the device to test and whether traces are wanted
   */
  DoctorVerb(
      BiFunction<Optional<String>, Boolean, Examination> examine,
      Anonymous anonymous,
      PrintStream out) {
    this.examine = examine;
    this.anonymous = anonymous;
    this.out = out;
  }

  @Override
  public Integer call() {
    Examination examination = examine.apply(Optional.ofNullable(device), common.debug());
    if (json) {
      out.println(Json.of(anonymous.of(json(examination))));
    } else {
      print(examination);
    }
    return examination.isWorking() ? CommandLine.DONE : CommandLine.FAILED;
  }

  private static Map<String, Object> json(Examination examination) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("works", examination.isWorking());
    json.putAll(examination.found());
    List<Map<String, Object>> problems =
        examination.remarks().stream()
            .map(r -> Map.<String, Object>of("fatal", r.fatal(), "text", r.text()))
            .toList();
    json.put("problems", problems);
    return json;
  }

  private void print(Examination examination) {
    examination.found().forEach(this::print);
    for (Remark remark : examination.remarks()) {
      out.println((remark.fatal() ? "error: " : "warning: ") + remark.text());
    }
    out.println(examination.isWorking() ? "It can work here." : "It cannot work here.");
  }

  private void print(String name, Object value) {
    if (!(value instanceof List<?> entries)) {
      out.println("%-12s%s".formatted(name, value));
      return;
    }
    for (Object entry : entries) {
      StringBuilder line = new StringBuilder("%-12s".formatted(name));
      ((Map<?, ?>) entry).forEach((key, v) -> line.append(shown((String) key, v)));
      out.println(line.toString().stripTrailing());
    }
  }

  private static String shown(String key, Object value) {
    String text =
        value instanceof Double number
            ? key.equals("deviation") ? "%.1e".formatted(number) : "%.1f".formatted(number)
            : String.valueOf(value);
    return List.of("content", "folder", "device").contains(key)
        ? text + "  "
        : key + " " + text + "  ";
  }
}
