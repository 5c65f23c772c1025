package uniass.inference.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import uniass.api.UniassException;

/**
 * Compares the networks of two experiments. Heads and orders leave no trace in the shapes of a
 * model's tensors, so that a model would load into a network that it was not trained as.
 */
public final class Structure {

  /** What may differ between training and prediction. */
  private static final Set<String> FREE =
      Set.of("loss", "jitter", "map-filter", "fusion", "dropout", "weights");

  private Structure() {}

  /**
   * Finds the first setting in which two networks differ.
   *
   * @param trained portable YAML of the experiment that trained the model
   * @param wanted portable YAML of the experiment that describes the network now
   * @return {@code model.attention.heads is 4, here 2}
   */
  public static Optional<String> difference(String trained, String wanted) {
    return difference("model", model(trained), model(wanted));
  }

  private static Object model(String yaml) {
    try {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      return root instanceof Map<?, ?> map ? map.get("model") : null;
    } catch (YAMLException e) {
      throw new UniassException("the model's own experiment is damaged", e);
    }
  }

  private static Optional<String> difference(String key, Object trained, Object wanted) {
    if (trained == null || wanted == null) {
      return Optional.empty(); // one of them is older, and knows no such setting
    }
    if (trained instanceof Map<?, ?> || wanted instanceof Map<?, ?>) {
      Map<?, ?> left = map(trained);
      Map<?, ?> right = map(wanted);
      return left.keySet().stream()
          .filter(k -> !FREE.contains(String.valueOf(k)))
          .map(k -> difference(key + "." + k, left.get(k), right.get(k)))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return trained.equals(wanted)
        ? Optional.empty()
        : Optional.of(key + " is " + trained + ", here " + wanted);
  }

  /** A part that is given by its name alone is a map with a name. */
  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of("name", value);
  }
}
