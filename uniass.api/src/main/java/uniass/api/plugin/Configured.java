/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.plugin;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import uniass.api.UniassException;

/**
 * A plug-in bound to the settings that an experiment gives it. All calls into a plug-in go through
 * here: what goes wrong inside a foreign one is its author's to fix, and is reported in one line
 * that names the plug-in, its class and the line of its source.
 *
 * @param <P> the plug-in's contract
 * @param name the plug-in's name in experiments
 * @param part the run's own instance
 * @param settings its checked settings
 */
public record Configured<P extends Part>(String name, P part, Settings settings) {

  /**
   * Calls the plug-in with its settings.
   *
   * @return what the call returned, never null
   * @throws UniassException naming the plug-in if its code fails or returns null
   */
  public <T> T call(BiFunction<P, Settings, T> call) {
    return call(() -> call.apply(part, settings));
  }

  /**
   * Calls something that the plug-in has built.
   *
   * @return what the call returned, never null
   * @throws UniassException naming the plug-in if its code fails or returns null
   */
  public <T> T call(Supplier<T> call) {
    return PartCalls.of(name, part, call);
  }

  /**
   * The error of a plug-in that breaks its contract.
   *
   * @param how goes on after the plug-in's name: {@code returned 3 levels, expected 4}
   */
  public UniassException breach(String how) {
    return new UniassException(PartCalls.label(name, part) + " " + how);
  }
}
