package uniass.api.plugin;

import java.util.function.Function;

/**
 * A part as an experiment chose it.
 *
 * @param <P> the part's contract
 * @param name the plug-in's name
 * @param part the run's own instance
 * @param settings its checked settings
 */
public record Configured<P extends Part>(String name, P part, Settings settings) {

  /**
   * Calls the part, or what it made.
   *
   * @return what the call returned, never null
   * @throws uniass.api.UniassException naming the part if its code fails or returns null
   */
  public <T> T call(Function<P, T> call) {
    return PartCalls.of(name, part, () -> call.apply(part));
  }
}
