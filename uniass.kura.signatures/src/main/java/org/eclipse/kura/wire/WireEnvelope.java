/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.wire;

import java.util.List;
import org.osgi.service.wireadmin.BasicEnvelope;

/** Records and who sent them. */
public class WireEnvelope extends BasicEnvelope {

  private final List<WireRecord> records;

  /** Holds them. */
  public WireEnvelope(String emitterPid, List<WireRecord> wireRecords) {
    super(wireRecords, emitterPid, "WIRES");
    this.records = List.copyOf(wireRecords);
  }

  /** The records. */
  public List<WireRecord> getRecords() {
    return records;
  }
}
