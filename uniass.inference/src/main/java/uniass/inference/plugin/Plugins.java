/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.plugin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.api.experiment.PluginInfo;
import uniass.api.network.PretrainedWeights;
import uniass.api.plugin.Part;
import uniass.api.plugin.PluginType;

/** The plug-ins that are available now. */
public interface Plugins {

  /** All of them, by type and name. */
  List<PluginInfo> list();

  /**
   * Takes an instance of one's own; whoever takes it closes it.
   *
   * @param contract the contract of that type, or what it extends
   * @throws UniassException naming the available ones, if there is none of that name
   */
  <P extends Part> Taken<P> take(String type, String name, Class<P> contract);

  /** Weights for an architecture, if a bundle brings them. */
  Optional<PretrainedWeights> pretrained(String architecture);

  /** The names of a type, sorted. */
  default List<String> names(String type) {
    return list().stream().filter(p -> p.type().equals(type)).map(PluginInfo::name).toList();
  }

  /** The error for a name that is not available. */
  default UniassException missing(String type, String name) {
    List<String> names = names(type);
    String elsewhere =
        list().stream()
            .filter(p -> p.name().equals(name) && !p.type().equals(type))
            .map(p -> "; '" + name + "' of " + p.bundle() + " has the type '" + p.type() + "'")
            .collect(Collectors.joining());
    return new UniassException(
        "no "
            + label(type)
            + " '"
            + name
            + "'"
            + Nearest.hint(name, names)
            + (names.isEmpty() ? "; there are none" : "; there are: " + String.join(", ", names))
            + elsewhere);
  }

  /** The type of the plug-ins that implement a contract; empty if it is not a contract. */
  static Optional<String> type(Class<?> contract) {
    return Optional.ofNullable(contract.getAnnotation(PluginType.class)).map(PluginType::value);
  }

  /** The type in words: {@code gated CNN}. */
  static String label(String type) {
    return type.equals(PluginType.DATASET)
        ? "data set reader"
        : type.replace('-', ' ').replace("cnn", "CNN");
  }

  /**
   * An instance in use.
   *
   * @param <P> its contract
   */
  interface Taken<P extends Part> extends AutoCloseable {
    /** The instance. */
    P part();

    /** Whether its bundle has gone since. */
    boolean gone();

    /** Type, name and bundle in words. */
    String description();

    @Override
    void close();
  }
}
