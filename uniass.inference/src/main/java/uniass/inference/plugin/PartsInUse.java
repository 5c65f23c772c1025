/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.plugin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import uniass.api.plugin.Part;

/** The instances that one run owns. */
public final class PartsInUse implements AutoCloseable {

  private final Plugins plugins;
  private final List<Plugins.Taken<?>> taken = new CopyOnWriteArrayList<>();

  /** Owns nothing yet. */
  public PartsInUse(Plugins plugins) {
    this.plugins = plugins;
  }

  /** Takes an instance for as long as the run lasts. */
  public <P extends Part> P take(String type, String name, Class<P> contract) {
    Plugins.Taken<P> part = plugins.take(type, name, contract);
    taken.add(part);
    return part.part();
  }

  /** Names a part whose bundle has gone, if there is one. */
  public Optional<String> lost() {
    return taken.stream()
        .filter(Plugins.Taken::gone)
        .findFirst()
        .map(t -> t.description() + " is gone: its bundle was stopped or removed");
  }

  @Override
  public void close() {
    taken.forEach(Plugins.Taken::close);
    taken.clear();
  }
}
