/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.wire;

import java.util.List;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;

/** Does for a component what all do with wires. */
public interface WireSupport extends Producer, Consumer {

  /** Sends records to who is joined. */
  void emit(List<WireRecord> wireRecords);
}
