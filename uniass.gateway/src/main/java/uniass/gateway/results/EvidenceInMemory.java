/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import uniass.gateway.InspectionResult;

/** Evidence that ends with the process. Not thread-safe. */
final class EvidenceInMemory implements EvidenceStore {

  private final long mostBytes;
  private final Map<String, Kept> all = new LinkedHashMap<>();
  private long bytes;

  EvidenceInMemory(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public void keep(InspectionResult result, Seen seen) {
    forget(result.id());
    all.put(result.id(), new Kept(result, seen));
    bytes += seen.size();
    while (bytes > mostBytes) {
      forget(all.keySet().iterator().next());
    }
  }

  @Override
  public Optional<Kept> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public void forget(String id) {
    Kept gone = all.remove(id);
    if (gone != null) {
      bytes -= gone.seen().size();
    }
  }
}
